"""Survey forms as the field writes them, interviews by them, and ratings from their answers.

    XLSForm --xlsform--> XForm --form--> Form --interview--> answers --ratings--> estimates

Pure logic: no screen, no database. Where engines differ, the ODK XForms specification decides.
"""
