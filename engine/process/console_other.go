//go:build !windows

package process

// AttachConsole has nothing to do: a program always has the terminal that it was started in.
func AttachConsole() {}

// consoleEvents never has any.
func consoleEvents() <-chan struct{} { return nil }
