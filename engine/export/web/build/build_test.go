package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestEngineIsOfToday holds that the engine in pages was made from the sources that are here.
func TestEngineIsOfToday(t *testing.T) {
	packages, err := list()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range packages {
		if p.Module.Main { // go test sees a file that is new, which go list alone has read
			if _, err := os.ReadDir(p.Dir); err != nil {
				t.Fatal(err)
			}
		}
	}
	sources, err := sumOf(packages)
	if err != nil {
		t.Fatal(err)
	}
	file := func(name string) []byte {
		content, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		return content
	}
	got, want := string(file(sumsFile)), string(sums(sources, file(engineFile), file(starterFile), file(licencesFile)))
	cut := func(text string) string { // without the compiler, which may be another
		_, rest, _ := strings.Cut(text, "\n")
		return rest
	}
	if cut(got) != cut(want) {
		t.Errorf("%s says\n%sthe sources of the engine are\n%s: run make web", sumsFile, got, want)
	}
}

// TestSumOfSources holds that comments do not change the sum, and that code does.
func TestSumOfSources(t *testing.T) {
	sum := func(text string) string {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "a.go"), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		p := pkg{ImportPath: "a", Dir: dir, GoFiles: []string{"a.go"}}
		p.Module = &struct {
			Path, Version, Dir string
			Main               bool
		}{Main: true}
		s, err := sumOf([]pkg{p})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	first := sum("package a\n\nfunc f() int { return 1 }\n")
	if sum("// Package a.\npackage a\n\n// f is one.\nfunc f() int { return 1 } // always\n") != first {
		t.Error("comments change the sum")
	}
	if sum("package a\n\nfunc f() int { return 2 }\n") == first {
		t.Error("another number leaves the sum as it is")
	}
}
