package main

import (
	"context"
	"os"
	"path/filepath"

	"ganvas/engine/gan"
	"ganvas/engine/samples"
)

// writeSamples writes what a generator makes as an array, a table and, of pictures, as PNG files.
func writeSamples(ctx context.Context, dir string, g *gan.Generator) error {
	o := samples.Options{N: items, Seed: 1}
	for name, write := range map[string]func(path string, f *os.File) error{
		"samples.npy": func(path string, f *os.File) error { return o.NPY(ctx, path, f, g) },
		"samples.csv": func(path string, f *os.File) error { return o.CSV(ctx, path, f, g) },
	} {
		path := filepath.Join(dir, name)
		f, err := os.Create(path)
		if err != nil {
			return err
		}
		if err := write(path, f); err != nil {
			f.Close()
			return err
		}
		if err := f.Close(); err != nil {
			return err
		}
	}
	if !g.Out().Picture() {
		return nil
	}
	return o.Folder(ctx, filepath.Join(dir, "samples"), g)
}
