package main

import (
	"testing"

	"ganvas/internal/generate"
)

func TestAssemblyIsWhatTheGeneratorWrites(t *testing.T) {
	if err := generate.Check(writeAssembly, 4, t.TempDir(), ".."); err != nil {
		t.Error(err)
	}
}
