//go:build !unix

package cache

// release does nothing: this system takes memory back by itself.
func release([]byte) {}
