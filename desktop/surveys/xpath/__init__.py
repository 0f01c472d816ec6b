"""XPath as the ODK XForms specification has it: XPath 1.0 and its functions, dates as days.

    compiled = compile_expression("if(. > 17, 'adult', 'child')")
    value = compiled.evaluate(Context.at(node, world))

`tokens` cuts the text, `parser` makes the tree, `tree` and `paths` know how each part evaluates
and what it refers to, `functions` and the modules beside it fill the one table of functions.
"""
