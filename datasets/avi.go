package datasets

// isAVI says whether a file that begins with head is a video in an AVI file.
func isAVI(head []byte) bool { return matches(head, "RIFF????AVI ") }
