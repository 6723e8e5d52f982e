"""Steps of officials, durable one by one: our engine beside what a patient programmer writes by hand."""
