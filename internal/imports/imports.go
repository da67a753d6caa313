// Package imports holds packages to a table of what they may import. Tests use it; the program does
// not. It reads the source for all systems, and runs no other program.
package imports

import (
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Module is the import path of the repository, and what paths of its packages begin with.
const Module = "ganvas"

// A Table lists what each package may import besides the standard library. Packages of this
// repository are named by their folder ("engine/tensor"), others by their path. An entry that ends
// in "/..." also stands for everything below it.
type Table map[string][]string

// Check fails the test for each of Faults.
func (table Table) Check(t testing.TB, root string, folders ...string) {
	t.Helper()
	faults, err := table.Faults(root, folders...)
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range faults {
		t.Error(fault)
	}
}

// Faults compares the packages below the given folders with the table, and returns a sentence for
// each difference: a package without a row, a row without a package, an import that is not
// permitted, an entry that nothing imports. root is the repository's folder.
func (table Table) Faults(root string, folders ...string) ([]string, error) {
	var faults []string
	there := map[string][]string{}
	for _, folder := range folders {
		packages, err := Below(root, folder)
		if err != nil {
			return nil, err
		}
		maps.Copy(there, packages)
	}
	for _, name := range slices.Sorted(maps.Keys(there)) {
		entries, known := table[name]
		if !known {
			faults = append(faults, fmt.Sprintf("%s is not in the import table", name))
			continue
		}
		for _, path := range there[name] {
			if !Permits(entries, path) {
				faults = append(faults, fmt.Sprintf("%s must not import %s", name, path))
			}
		}
		for _, entry := range entries {
			if !slices.ContainsFunc(there[name], func(path string) bool { return Permits([]string{entry}, path) }) {
				faults = append(faults, fmt.Sprintf("the import table lets %s import %s, which it does not", name, entry))
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(table)) {
		if _, ok := there[name]; !ok {
			faults = append(faults, fmt.Sprintf("the import table has a row for %s, which is not there", name))
		}
	}
	return faults, nil
}

// Permits reports whether one of the entries covers path.
func Permits(entries []string, path string) bool {
	return slices.ContainsFunc(entries, func(entry string) bool {
		below, tree := strings.CutSuffix(entry, "...")
		return path == entry || tree && (path == strings.TrimSuffix(below, "/") || strings.HasPrefix(path, below))
	})
}

// Below returns the packages in a folder of the repository and below it, by their folder, and what
// each imports besides the standard library, as a Table names it. Tests are left out. Files for all
// systems count.
func Below(root, folder string) (map[string][]string, error) {
	found := map[string][]string{}
	err := filepath.WalkDir(filepath.Join(root, filepath.FromSlash(folder)), func(path string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist): // a file that came and went meanwhile
			return nil
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && path != root):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		name, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		paths, err := fileImports(path)
		found[name] = append(found[name], paths...)
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("list packages: none in %s", filepath.Join(root, folder))
	}
	for name, paths := range found {
		slices.Sort(paths)
		found[name] = slices.Compact(paths)
	}
	return found, nil
}

// fileImports returns what a file imports besides the standard library.
func fileImports(path string) ([]string, error) {
	src, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	file, err := parser.ParseFile(token.NewFileSet(), path, src, parser.ImportsOnly)
	if err != nil {
		return nil, err
	}
	var paths []string
	for _, spec := range file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, err
		}
		host, _, _ := strings.Cut(imported, "/")
		switch local, ours := strings.CutPrefix(imported, Module+"/"); {
		case ours:
			paths = append(paths, local)
		case strings.Contains(host, ".") || imported == "C":
			paths = append(paths, imported)
		}
	}
	return paths, nil
}
