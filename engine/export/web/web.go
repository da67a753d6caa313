// Package web writes a generator as a web page: one HTML file that draws with an engine of its own
// and works without a network. The page holds no script, style or address from elsewhere, and its
// policy forbids every connection. Package core is what its engine computes.
package web

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"strings"
	"unicode"

	"github.com/ulikunitz/xz"

	"ganvas/engine/export/web/core"
)

// What pages are made of. The engine and its licences come from "make web".
var (
	//go:embed page.html
	pageHTML string
	//go:embed page.css
	pageCSS string
	//go:embed page.js
	pageJS string
	//go:embed worker.js
	workerJS string
	//go:embed wasm_exec.js
	wasmExecJS string
	//go:embed engine.wasm.xz
	engine []byte // packed more tightly than browsers can unpack
	//go:embed licences.txt
	licences string
)

// A Page is what is to be written.
type Page struct {
	core.Model
	Name     string   // of the recipe
	Step     int64    // of training
	Classes  []string // that the generator is told apart; nil: none
	Version  string   // of the program
	Progress func(done, total int64)
}

// facts are what the page's script knows.
type facts struct {
	Name       string   `json:"name"`
	File       string   `json:"file"` // how names of pictures begin
	Step       int64    `json:"step"`
	Version    string   `json:"version"`
	Points     bool     `json:"points"`
	Width      int      `json:"width"`
	Height     int      `json:"height"`
	Classes    []string `json:"classes"`
	Generators int      `json:"generators"`
	Directions int      `json:"directions"`
	Reach      float64  `json:"reach"` // of the sliders
	Fine       int      `json:"fine"`  // points of each line
}

// mostNumbers is how many weights a generator may have: the page is then about 180 MB. Browsers
// hold at least 256 MB in one text.
const mostNumbers = 64_000_000

// Check says what cannot be a page: a generator that is too large for browsers, or one with numbers
// that are not finite.
func (p Page) Check() error {
	if err := checkSize(p.Net.CountParams()); err != nil {
		return err
	}
	return p.Model.Check()
}

func checkSize(numbers int) error {
	if numbers > mostNumbers {
		return fmt.Errorf("a generator of %d million weights is too large for a web page, which holds %d million: export it as ONNX, or train a smaller one", numbers/1_000_000, mostNumbers/1_000_000)
	}
	return nil
}

// Write writes the page, or fails with what Check says. It stops with ctx's error when that is
// cancelled.
func Write(ctx context.Context, w io.Writer, p Page) error {
	if err := p.Check(); err != nil {
		return err
	}
	about, err := json.Marshal(p.facts()) // which leaves no < in texts
	if err != nil {
		return err
	}
	name := html.EscapeString(p.Name)
	out := &writer{w: w}
	out.text("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
	out.text(`<meta http-equiv="Content-Security-Policy" content="` + policy() + "\">\n")
	out.text("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"generator\" content=\"Ganvas\">\n<link rel=\"icon\" href=\"data:,\">\n")
	out.text("<title>" + name + "</title>\n<style>" + pageCSS + "</style>\n<script>" + pageJS + "</script>\n</head>\n<body>\n")
	out.text(pageHTML + "<details><summary>Licences</summary><pre>" + html.EscapeString(licences) + "</pre></details>\n</footer>\n</section>\n</main>\n")
	out.data("application/json", "facts")
	out.text(string(about))
	out.data("text/plain", "worker")
	out.text(wasmExecJS + workerJS)
	out.data("text/plain", "engine")
	out.packed(ctx, func(w io.Writer) error {
		content, err := xz.NewReader(bytes.NewReader(engine))
		if err == nil {
			_, err = io.Copy(w, content)
		}
		return err
	})
	out.data("text/plain", "weights")
	out.packed(ctx, func(w io.Writer) error { return p.Encode(&counted{w: w, total: p.Bytes(), told: p.Progress}) })
	out.text("</script>\n</body>\n</html>\n")
	return out.err
}

// facts returns what the page's script knows of p.
func (p Page) facts() facts {
	f := facts{
		Name: p.Name, File: fileName(p.Name), Step: p.Step, Version: p.Version, Points: !p.Net.Out.Picture(), Width: 1, Height: 1, Classes: p.Classes,
		Generators: p.Net.Count(), Directions: len(p.Directions), Reach: core.Reach(p.Kind), Fine: core.LinePoints,
	}
	if !f.Points {
		f.Width, f.Height = p.Net.Out[1], p.Net.Out[0]
	}
	if f.Classes == nil {
		f.Classes = []string{}
	}
	return f
}

// fileName makes of a recipe's name what every system takes as part of a file's name.
func fileName(name string) string {
	name = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '_' {
			return r
		}
		return '-'
	}, name)
	if short := []rune(name); len(short) > 60 {
		name = string(short[:60])
	}
	return cmp.Or(strings.Trim(name, "-"), "ganvas")
}

// policy forbids the page everything but its own script and style, which it names by their sums,
// its worker, and WebAssembly.
func policy() string {
	sum := func(text string) string {
		b := sha256.Sum256([]byte(text))
		return "'sha256-" + base64.StdEncoding.EncodeToString(b[:]) + "'"
	}
	return "default-src 'none'; script-src " + sum(pageJS) + " 'wasm-unsafe-eval'; worker-src blob:; style-src " + sum(pageCSS) +
		"; img-src data:; base-uri 'none'; form-action 'none'"
}

// A writer keeps the first error.
type writer struct {
	w      io.Writer
	err    error
	opened bool // a block of data
}

func (w *writer) text(s string) {
	if w.err == nil {
		_, w.err = io.WriteString(w.w, s)
	}
}

// data begins a block of data, after the end of the one before.
func (w *writer) data(kind, id string) {
	if w.opened {
		w.text("</script>\n")
	}
	w.opened = true
	w.text(`<script type="` + kind + `" id="` + id + `">`)
}

// packed writes content as base64 of gzip.
func (w *writer) packed(ctx context.Context, write func(io.Writer) error) {
	if w.err != nil {
		return
	}
	text := base64.NewEncoder(base64.StdEncoding, w.w)
	packed := gzip.NewWriter(text)
	if w.err = write(&cancelled{packed, ctx}); w.err == nil {
		w.err = cmp.Or(packed.Close(), text.Close(), ctx.Err())
	}
}

// cancelled fails once its context is cancelled.
type cancelled struct {
	w   io.Writer
	ctx context.Context
}

func (c *cancelled) Write(b []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.w.Write(b)
}

// counted tells how much was written.
type counted struct {
	w           io.Writer
	told        func(done, total int64)
	done, total int64
}

func (c *counted) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	c.done += int64(n)
	if c.told != nil {
		c.told(min(c.done, c.total), c.total)
	}
	return n, err
}
