//go:build !windows

package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestUnread holds that a script which keeps the errors of the program gets no box.
func TestUnread(t *testing.T) {
	nothing, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer nothing.Close()
	file, err := os.Create(filepath.Join(t.TempDir(), "errors"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	r, pipe, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	defer pipe.Close()
	if !unread(nothing) || unread(file) || unread(pipe) {
		t.Errorf("unread: nothing %v, a file %v, a pipe %v", unread(nothing), unread(file), unread(pipe))
	}
}
