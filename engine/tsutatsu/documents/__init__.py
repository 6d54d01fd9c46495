"""Documents: the forms, letters, reports and rosters that circulars prescribe, blank or from the record of a case."""
