//go:build !unix || darwin

package main

// checkDisplay has nothing to check: there is always a display.
func checkDisplay() error { return nil }
