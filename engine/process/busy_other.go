//go:build (!unix && !windows) || solaris || aix

package process

import "os"

func createLocked(path string) (*os.File, error) { return os.Create(path) }

func read(path string) ([]byte, error) { return os.ReadFile(path) }

func removeOwn(path string) error { return os.Remove(path) }

// removeAbandoned takes every file for abandoned: without locks nobody can tell.
func removeAbandoned(path string) bool { return os.Remove(path) == nil }
