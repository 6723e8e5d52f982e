"""The grammar, with pyparsing: tokens, expressions, and the lines of each kind of rule."""
