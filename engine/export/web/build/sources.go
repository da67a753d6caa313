package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"go/scanner"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

// pkg is what go list tells of a package that the engine is made of.
type pkg struct {
	ImportPath, Dir             string
	Standard                    bool
	GoFiles, SFiles, EmbedFiles []string
	Module                      *struct {
		Path, Version, Dir string
		Main               bool
	}
}

// list returns the packages that the engine is made of, but for Go's own.
func list() ([]pkg, error) {
	c := exec.Command("go", "list", "-deps", "-json=ImportPath,Dir,Standard,GoFiles,SFiles,EmbedFiles,Module", enginePackage)
	var stderr bytes.Buffer
	c.Env, c.Stderr = forPages(), &stderr
	out, err := c.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w: %s", c, err, stderr.Bytes())
	}
	var list []pkg
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p pkg
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return list, nil
		} else if err != nil {
			return nil, err
		}
		if !p.Standard {
			list = append(list, p)
		}
	}
}

// sumOf returns a sum of all that decides what the engine computes: the sources of this repository
// without their comments, and the versions of other modules. Another compiler, and a comment that
// moves lines, make other bytes of the same engine; the sum stays.
func sumOf(packages []pkg) (string, error) {
	h := sha256.New()
	for _, p := range packages {
		fmt.Fprintf(h, "package %s\n", p.ImportPath)
		if p.Module == nil || !p.Module.Main {
			fmt.Fprintf(h, "version %s\n", p.Module.Version)
			continue
		}
		for _, name := range p.GoFiles {
			if err := hashTokens(h, p.Dir, name); err != nil {
				return "", err
			}
		}
		for _, names := range [][]string{p.SFiles, p.EmbedFiles} {
			for _, name := range names {
				content, err := os.ReadFile(filepath.Join(p.Dir, name))
				if err != nil {
					return "", err
				}
				fmt.Fprintf(h, "file %s %d\n%s", name, len(content), content)
			}
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// hashTokens adds the tokens of a file of Go.
func hashTokens(h io.Writer, folder, name string) error {
	content, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		return err
	}
	var s scanner.Scanner
	s.Init(token.NewFileSet().AddFile(name, -1, len(content)), content, nil, 0)
	fmt.Fprintf(h, "source %s\n", name)
	for {
		_, t, text := s.Scan()
		switch {
		case t == token.EOF:
			return nil
		case t == token.SEMICOLON: // written, or the end of a line
			text = ""
		}
		fmt.Fprintf(h, "%s %q\n", t, text)
	}
}
