"""The desk: reception, case officers, approvers and cashiers, each with the work that waits for them."""
