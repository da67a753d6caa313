//go:build !unix

package datasets

// release does nothing: this system takes memory back by itself.
func release([]byte) {}
