// Build compiles the engine of web pages to WebAssembly, and writes it with all that comes with it
// into the folder of package web: the engine, Go's script that starts it, the licences of what it
// contains, and sums that say from which sources it was made.
//
//	go run ./engine/export/web/build engine/export/web
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: build FOLDER")
	}
	if err := build(os.Args[1]); err != nil {
		log.Fatal("build the engine of web pages: ", err)
	}
}

// The files that are written.
const (
	engineFile   = "engine.wasm.xz"
	starterFile  = "wasm_exec.js"
	licencesFile = "licences.txt"
	sumsFile     = "sums.txt"
)

func build(folder string) error {
	packages, err := list()
	if err != nil {
		return err
	}
	sources, err := sumOf(packages)
	if err != nil {
		return err
	}
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return err
	}
	root := strings.TrimSpace(string(out))
	terms, err := licences(packages, root)
	if err != nil {
		return err
	}
	engine, err := compile()
	if err != nil {
		return err
	}
	starter, err := os.ReadFile(filepath.Join(root, "lib", "wasm", starterFile))
	if err != nil {
		return err
	}
	for name, content := range map[string][]byte{
		engineFile: engine, starterFile: starter, licencesFile: terms, sumsFile: sums(sources, engine, starter, terms),
	} {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o644); err != nil {
			return err
		}
	}
	fmt.Printf("%d packages, %s: %d bytes\n", len(packages), engineFile, len(engine))
	return nil
}

// sums says what the files were made from, and what they are.
func sums(sources string, engine, starter, terms []byte) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "compiler %s\nsources %s\n", runtime.Version(), sources)
	for _, f := range []struct {
		name    string
		content []byte
	}{{engineFile, engine}, {starterFile, starter}, {licencesFile, terms}} {
		sum := sha256.Sum256(f.content)
		fmt.Fprintf(&b, "%s %s\n", f.name, hex.EncodeToString(sum[:]))
	}
	return b.Bytes()
}

// forPages is the environment in which the engine is compiled.
func forPages() []string { return append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0") }

// enginePackage is what is compiled.
const enginePackage = "ganvas/engine/export/web/engine"

// compile returns the engine, packed.
func compile() ([]byte, error) {
	folder, err := os.MkdirTemp("", "engine")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	program := filepath.Join(folder, "engine.wasm")
	c := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w -buildid=", "-o", program, enginePackage)
	c.Env, c.Stderr = forPages(), os.Stderr
	if err := c.Run(); err != nil {
		return nil, err
	}
	// Go has no writer that packs as tightly, and every package of Ganvas carries the engine.
	pack := exec.Command("xz", "-9e", "--threads=1", "--stdout", program)
	pack.Stderr = os.Stderr
	content, err := pack.Output()
	if errors.Is(err, exec.ErrNotFound) {
		err = fmt.Errorf("%w: install xz", err)
	}
	return content, err
}

// licences returns the terms of everything in the engine; root is where Go is.
func licences(packages []pkg, root string) ([]byte, error) {
	folders := map[string]string{"Go: runtime, standard library and the script that starts WebAssembly": root}
	for _, p := range packages {
		switch {
		case p.Module == nil:
		case p.Module.Main:
			folders["Ganvas"] = p.Module.Dir
		default:
			folders[p.Module.Path+" "+p.Module.Version] = p.Module.Dir
		}
	}
	titles := map[string][]string{} // of each text
	for title, folder := range folders {
		files, err := filepath.Glob(filepath.Join(folder, "LICENSE*"))
		if err != nil || len(files) == 0 {
			return nil, fmt.Errorf("%s: no file with its terms in %s", title, folder)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				return nil, err
			}
			t := strings.TrimSpace(string(text))
			titles[t] = append(titles[t], title)
		}
	}
	var parts []string
	for text, of := range titles {
		slices.Sort(of)
		parts = append(parts, strings.Join(of, "\n")+"\n\n"+text+"\n")
	}
	slices.Sort(parts)
	return []byte(strings.Join(parts, "\n\n")), nil
}
