// Runs forms in ODK's own web engine, for test_other_engines.py. A line in: {"xform", "steps"}, where a
// step is ["answer", path, value] or ["add", path]. A line out: {path: {value, relevant, …}}, or {error}.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const require = createRequire(process.cwd() + "/");
const { JSDOM } = require("jsdom");
const { window } = new JSDOM("<!doctype html>");
for (const name of ["DOMParser", "XMLSerializer", "Node", "Element", "Document", "XPathResult"]) {
  globalThis[name] ??= window[name];
}
globalThis.window ??= window;
globalThis.document ??= window.document;
const entry = require.resolve("@getodk/xforms-engine");
// It is built for browsers: while it loads, it must not see that this is none.
await fetch("data:,");  // loads what asks for the version itself
const versions = process.versions;
Object.defineProperty(process, "versions", { value: {}, configurable: true });
const { createInstance } = await import(pathToFileURL(entry));
Object.defineProperty(process, "versions", { value: versions });

function* below(node) {
  yield node;
  for (const child of node.currentState.children ?? []) yield* below(child);
}

const find = (root, path) =>
  [...below(root)].find((node) => node.currentState.reference === path && node.nodeType !== "repeat-range:uncontrolled");

function answer(root, path, value) {
  const node = find(root, path);
  if (node === undefined) throw new Error(`no node ${path}`);
  if (node.nodeType === "select" || node.nodeType === "rank") {
    (node.selectValues ?? node.setValues).call(node, value === "" ? [] : value.split(" "));
  } else if (node.nodeType === "trigger") node.setValue(value !== "");
  else node.setValue(value);
}

function add(root, path) {
  const range = [...below(root)].find(
    (node) => node.nodeType === "repeat-range:uncontrolled" && node.currentState.reference === path,
  );
  range.addInstances(range.currentState.children.length - 1);
}

function state(root) {
  const found = {};
  for (const node of below(root)) {
    if (node.nodeType.startsWith("repeat-range")) continue;
    const { currentState: now, validationState: checked } = node;
    found[now.reference] = {
      value: node.instanceState === undefined || now.children?.length ? "" : text(node),
      relevant: now.relevant,
      required: now.required,
      readonly: now.readonly,
      valid: (checked?.constraint?.valid ?? true) && (checked?.required?.valid ?? true),
    };
  }
  return found;
}

function text(node) {
  const xml = node.instanceState?.instanceXML ?? "";
  const parsed = new window.DOMParser().parseFromString(`<x>${xml}</x>`, "text/xml");
  return parsed.documentElement.textContent;
}

for await (const line of createInterface({ input: process.stdin })) {
  let out;
  try {
    const { xform, steps } = JSON.parse(line);
    const { root } = await createInstance(xform, {});
    for (const [what, path, value] of steps) {
      if (what === "add") add(root, path);
      else answer(root, path, value);
    }
    out = state(root);
  } catch (error) {
    out = { error: String(error?.message ?? error) };
  }
  process.stdout.write(JSON.stringify(out) + "\n");
}
process.exit(0);
