"""Real workbooks, out of the source archives and packages of other readers and writers, read by ours and by openpyxl."""
