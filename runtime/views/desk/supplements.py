"""A supplement brought to the counter by an applicant who does not answer online."""
