"""Small forms, made for one point each."""

from desktop.surveys.form import Form, load_form


def small_form(
    binds: str, nodes: str, body: str = "", instances: str = "", itext: str = ""
) -> Form:
    """A form of /data with these binds, nodes and controls."""
    return load_form(
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"'
        ' xmlns:jr="http://openrosa.org/javarosa" xmlns:odk="http://www.opendatakit.org/xforms"><h:head><h:title>T</h:title>'
        f"<model>{itext}<instance><data id='t'>{nodes}</data></instance>{instances}{binds}</model>"
        f"</h:head><h:body>{body}</h:body></h:html>"
    )
