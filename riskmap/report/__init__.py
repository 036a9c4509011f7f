"""Reports: an assessment becomes a view, the view a page, the page a file."""
