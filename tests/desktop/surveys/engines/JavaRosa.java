// Runs forms in JavaRosa, which ODK Validate carries, for test_other_engines.py. A line in: base64 parts
// with blanks between: the XForm, then answers as path and value. A line out: path, value, and flags
// (R relevant, Q required, O read only, V valid) with \u001f between and \u001e after each; in base64.
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.javarosa.core.model.CoreModelModule;
import org.javarosa.core.model.FormDef;
import org.javarosa.core.model.data.IAnswerData;
import org.javarosa.core.model.data.UncastData;
import org.javarosa.core.model.instance.AbstractTreeElement;
import org.javarosa.core.model.instance.InstanceInitializationFactory;
import org.javarosa.core.model.instance.TreeElement;
import org.javarosa.core.model.instance.TreeReference;
import org.javarosa.core.services.PrototypeManager;
import org.javarosa.form.api.FormEntryController;
import org.javarosa.form.api.FormEntryModel;
import org.javarosa.model.xform.XFormsModule;
import org.javarosa.xform.parse.XFormParser;
import org.javarosa.xform.util.XFormUtils;
import org.javarosa.xform.util.XFormAnswerDataParser;

public class JavaRosa {
  static final PrintStream OUT = System.out;

  public static void main(String[] arguments) throws Exception {
    System.setOut(System.err);
    PrototypeManager.registerPrototypes(CoreModelModule.classNames);
    new XFormsModule().registerModule();
    var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line; (line = lines.readLine()) != null; ) {
      String said;
      try {
        said = run(line.split(" ", -1));
      } catch (Throwable wrong) {
        said = "error\u001f" + wrong + "\u001f\u001e";
      }
      OUT.println(Base64.getEncoder().encodeToString(said.getBytes(StandardCharsets.UTF_8)));
      OUT.flush();
    }
  }

  static String text(String part) {
    return new String(Base64.getDecoder().decode(part), StandardCharsets.UTF_8);
  }

  static String run(String[] parts) throws Exception {
    FormDef form = XFormUtils.getFormRaw(new InputStreamReader(new java.io.ByteArrayInputStream(Base64.getDecoder().decode(parts[0])), StandardCharsets.UTF_8));
    form.initialize(true, new InstanceInitializationFactory());
    var controller = new FormEntryController(new FormEntryModel(form));
    walk(controller);
    for (int at = 1; at + 1 < parts.length; at += 2) {
      answer(form, text(parts[at]), text(parts[at + 1]));
      walk(controller);
    }
    var found = new StringBuilder();
    tell(form, form.getMainInstance().getRoot(), "", found);
    return found.toString();
  }

  // Instances that a count asks for are made on the way through the form.
  static void walk(FormEntryController controller) {
    controller.jumpToIndex(org.javarosa.core.model.FormIndex.createBeginningOfFormIndex());
    while (controller.stepToNextEvent() != FormEntryController.EVENT_END_OF_FORM) {}
  }

  static void answer(FormDef form, String path, String value) {
    TreeElement node = form.getMainInstance().getRoot();
    for (String part : path.replaceFirst("^/[^/]*/", "").split("/")) {
      int open = part.indexOf('[');
      String name = open < 0 ? part : part.substring(0, open);
      int place = open < 0 ? 0 : Integer.parseInt(part.substring(open + 1, part.length() - 1)) - 1;
      node = node.getChild(name, place);
    }
    TreeReference reference = node.getRef();
    IAnswerData data =
        value.isEmpty() ? null : XFormAnswerDataParser.getAnswerData(value, node.getDataType());
    form.setValue(data, reference, true);
  }

  static void tell(FormDef form, TreeElement node, String above, StringBuilder found) {
    String path = above + "/" + node.getName();
    if (node.isRepeatable()) path += "[" + (node.getMult() + 1) + "]";
    IAnswerData data = node.getValue();
    String value = data == null ? "" : data.uncast().getString();
    boolean valid =
        (data == null ? !node.isRequired() : form.evaluateConstraint(node.getRef(), data))
            || !node.isRelevant();
    found.append(path).append('\u001f').append(node.isRelevant() ? value : "").append('\u001f');
    found.append(node.isRelevant() ? "R" : "").append(node.isRequired() ? "Q" : "");
    found.append(node.isEnabled() ? "" : "O").append(valid ? "V" : "").append('\u001e');
    for (int at = 0; at < node.getNumChildren(); at++) {
      TreeElement child = node.getChildAt(at);
      if (child.getMult() != TreeReference.INDEX_TEMPLATE) tell(form, child, path, found);
    }
  }
}
