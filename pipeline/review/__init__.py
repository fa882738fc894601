"""What auditors say of the findings, and which figures we misread: kept in `OUT/tinjauan.sqlite`, apart from the datasets."""
