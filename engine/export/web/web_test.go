package web

import (
	"bytes"
	"encoding/json"
	"html"
	"math"
	"regexp"
	"strings"
	"sync"
	"testing"

	"ganvas/engine/export/web/core"
	"ganvas/engine/nn"
)

// hostile is a name that would be a script, an attribute and a comment if it could.
const hostile = `</script><script>alert("1")</script><!-- ' & ` + "\u2028"

// page returns a page of a small generator, with its bytes, which are made once.
func page(t *testing.T) (Page, string) {
	t.Helper()
	p := small(t)
	written.Do(func() { text = write(t, p) })
	return p, text
}

var (
	written sync.Once
	text    string
)

func write(t *testing.T, p Page) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(t.Context(), &b, p); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func small(t *testing.T) Page {
	t.Helper()
	n, err := nn.NewRole([]string{"linear 12", "unflatten 2 2 3"}, nn.Shape{3}, nn.Role{Classes: 2, ConcatEmbed: true})
	if err != nil {
		t.Fatal(err)
	}
	return Page{
		Model: core.Model{Net: n, Kind: "gaussian", Directions: [][]float32{{1, 0, 0}, {0, 1, 0}}},
		Name:  hostile, Step: 1200, Classes: []string{"cats", hostile}, Version: "1.2.3",
	}
}

// TestPage holds that a page is whole in itself, whatever names it has.
func TestPage(t *testing.T) {
	p, text := page(t)
	for _, tag := range []string{"script", "style", "title"} {
		if opened, closed := strings.Count(text, "<"+tag), strings.Count(text, "</"+tag+">"); opened != closed {
			t.Errorf("%s is opened %d times and closed %d times", tag, opened, closed)
		}
	}
	if got := strings.Count(text, "<script"); got != 5 {
		t.Errorf("%d scripts and blocks of data, want 5", got)
	}
	if !strings.Contains(text, "<title>"+html.EscapeString(hostile)+"</title>") {
		t.Error("the title is not the recipe's name")
	}
	var got facts
	block := regexp.MustCompile(`(?s)<script type="application/json" id="facts">(.*?)</script>`).FindStringSubmatch(text)
	if block == nil {
		t.Fatal("there are no facts")
	}
	if err := json.Unmarshal([]byte(block[1]), &got); err != nil {
		t.Fatal(err)
	}
	if got.Name != hostile || got.Classes[1] != hostile || got.Step != 1200 || got.Width != 2 || got.Reach != 3 || got.Directions != 2 || got.Points {
		t.Errorf("facts %+v", got)
	}
	for name, want := range map[string]string{hostile: "script--script-alert--1----script------", "../a b": "a-b", "Größe_2": "Größe_2", "…": "ganvas"} {
		if got := fileName(name); got != strings.Trim(want, "-") {
			t.Errorf("files of %q are called %q, want %q", name, got, want)
		}
	}
	if write(t, p) != text {
		t.Error("the same page has other bytes when it is written again")
	}
}

// TestNothingFromElsewhere holds that a page loads nothing and connects to nothing. Addresses stand
// in the texts of licences and in comments alone.
func TestNothingFromElsewhere(t *testing.T) {
	_, text := page(t)
	text = strings.Replace(text, html.EscapeString(licences), "", 1)
	text = regexp.MustCompile(`(?m)^\s*//.*$`).ReplaceAllString(text, "")
	for _, wrong := range []string{"http:", "https:", "url(", "@import", " src=", "fetch(url", "XMLHttpRequest", "WebSocket", "eval(", "innerHTML"} {
		if i := strings.Index(text, wrong); i >= 0 {
			t.Errorf("the page has %q: …%s…", wrong, text[max(0, i-60):min(len(text), i+60)])
		}
	}
	if !strings.Contains(text, `content="default-src 'none'; script-src 'sha256-`) {
		t.Error("the page's policy does not forbid what it does not name")
	}
	for name, part := range map[string]string{"page.js": pageJS, "page.css": pageCSS, "worker.js": workerJS, "wasm_exec.js": wasmExecJS} {
		if strings.Contains(strings.ToLower(part), "</s") || strings.Contains(part, "<!--") {
			t.Errorf("%s ends the block that it stands in", name)
		}
	}
}

// TestSize holds that a page without weights is at most 5 MB.
func TestSize(t *testing.T) {
	_, text := page(t)
	if len(text) > 5_000_000 {
		t.Errorf("the page has %d bytes", len(text))
	}
}

func TestRefuses(t *testing.T) {
	p := small(t)
	p.Net.Params[0].Value.Data[1] = float32(math.NaN())
	var b bytes.Buffer
	if err := Write(t.Context(), &b, p); err == nil || !strings.Contains(err.Error(), "0.weight") || b.Len() > 0 {
		t.Errorf("error %v after %d bytes", err, b.Len())
	}
	if err := checkSize(64_000_000); err != nil {
		t.Error(err)
	}
	if err := checkSize(81_000_000); err == nil || !strings.Contains(err.Error(), "81 million weights") || !strings.Contains(err.Error(), "holds 64 million") {
		t.Errorf("error %v", err)
	}
}
