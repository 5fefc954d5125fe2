"""What the forms of all shelves are made of, and how their values are read and written.

`fields.py` and `named.py` hold the fields, `layout.py` the sections in which they stand,
`rules.py` what must be there, `base.py` the form, `stored.py` its values as rows.
"""
