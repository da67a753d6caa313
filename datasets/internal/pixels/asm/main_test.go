package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

func TestAssemblyIsWhatTheGeneratorWrites(t *testing.T) {
	dir := t.TempDir()
	if err := generate(dir); err != nil {
		t.Fatal(err)
	}
	for _, p := range parts {
		for _, ext := range []string{".s", ".go"} {
			name := "sse2_" + p.name + "_amd64" + ext
			want, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			got, err := os.ReadFile(filepath.Join("..", name))
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("%s is not what the generator writes: run go generate in datasets/internal/pixels", name)
			}
		}
	}
}
