// Package packaging has no code of its own: the files that packages are made from, and what holds
// them to the program.
package packaging

import (
	"encoding/xml"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"

	"ganvas/engine/ckpt"
)

// details is what FyneApp.toml says of the program.
type details struct {
	Details     struct{ Name, ID, Version string }
	LinuxAndBSD struct {
		GenericName, Comment, ExecParams string
		Categories, Keywords             []string
	}
}

func program(t *testing.T) details {
	t.Helper()
	text, err := os.ReadFile("../FyneApp.toml")
	if err != nil {
		t.Fatal(err)
	}
	var d details
	if err := toml.Unmarshal(text, &d); err != nil {
		t.Fatal(err)
	}
	return d
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestDesktopEntry holds that the menu shows what FyneApp.toml says.
func TestDesktopEntry(t *testing.T) {
	d := program(t)
	list := func(s []string) string { return strings.Join(s, ";") + ";" }
	got := map[string]string{}
	for line := range strings.Lines(read(t, filepath.Join("linux", d.Details.ID+".desktop"))) {
		if key, value, ok := strings.Cut(strings.TrimSpace(line), "="); ok {
			got[key] = value
		}
	}
	for key, want := range map[string]string{
		"Type": "Application", "Name": d.Details.Name, "GenericName": d.LinuxAndBSD.GenericName, "Comment": d.LinuxAndBSD.Comment,
		"Exec": "ganvas " + d.LinuxAndBSD.ExecParams, "Icon": d.Details.ID, "MimeType": "application/x-ganvas;",
		"Categories": list(d.LinuxAndBSD.Categories), "Keywords": list(d.LinuxAndBSD.Keywords),
	} {
		if got[key] != want {
			t.Errorf("%s is %q, want %q", key, got[key], want)
		}
	}
}

// TestMagic holds that the type of projects is told by what a project begins with.
func TestMagic(t *testing.T) {
	var doc struct {
		Type struct {
			Name string `xml:"type,attr"`
			Glob struct {
				Pattern string `xml:"pattern,attr"`
			} `xml:"glob"`
			Magic struct {
				Match match `xml:"match"`
			} `xml:"magic"`
		} `xml:"mime-type"`
	}
	if err := xml.Unmarshal([]byte(read(t, "linux/io.ganvas.Ganvas.xml")), &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Type.Name != "application/x-ganvas" || doc.Type.Glob.Pattern != "*.ganvas" {
		t.Errorf("it describes %s of %s", doc.Type.Name, doc.Type.Glob.Pattern)
	}
	path := filepath.Join(t.TempDir(), "a.ganvas")
	f, err := ckpt.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	head := read(t, path)[:100]
	matches := 0
	for m := &doc.Type.Magic.Match; m != nil; m = m.Match {
		want := strings.ReplaceAll(m.Value, `\000`, "\x00")
		if got := head[m.Offset : m.Offset+len(want)]; got != want {
			t.Errorf("a project has %q at byte %d, want %q", got, m.Offset, want)
		}
		matches++
	}
	if matches != 2 {
		t.Errorf("%d matches, want one of SQLite and one of Ganvas", matches)
	}
}

type match struct {
	Offset int    `xml:"offset,attr"`
	Value  string `xml:"value,attr"`
	Match  *match `xml:"match"`
}

// TestIdentifier holds that every system knows the program by one name.
func TestIdentifier(t *testing.T) {
	id := program(t).Details.ID
	for _, path := range []string{
		"linux/io.ganvas.Ganvas.metainfo.xml", "linux/install", "windows/winres.json", "windows/installer.nsi", "macos/Info.plist", "package.mk", "icons/main.go",
	} {
		if !strings.Contains(read(t, path), id) {
			t.Errorf("%s does not name %s", path, id)
		}
	}
	if version := program(t).Details.Version; !strings.Contains(read(t, "../CHANGELOG.md"), "\n## "+version) {
		t.Errorf("CHANGELOG.md has no part for %s, which releases show", version)
	}
}

// TestPropertyList holds that Info.plist is well-formed and that its keys and values alternate.
func TestPropertyList(t *testing.T) {
	type element struct {
		XMLName  xml.Name
		Children []element `xml:",any"`
	}
	var root element
	if err := xml.Unmarshal([]byte(read(t, "macos/Info.plist")), &root); err != nil {
		t.Fatal(err)
	}
	var check func(e element)
	check = func(e element) {
		for i, c := range e.Children {
			if e.XMLName.Local == "dict" && (c.XMLName.Local == "key") != (i%2 == 0) {
				t.Errorf("entry %d of a dictionary is a %s", i, c.XMLName.Local)
			}
			check(c)
		}
	}
	check(root)
	if len(root.Children) != 1 || len(root.Children[0].Children) < 20 {
		t.Errorf("it has %d dictionaries", len(root.Children))
	}
}

// TestLicences holds that the list of licences names each module that the program links on any of
// the systems.
func TestLicences(t *testing.T) {
	text := read(t, "licences.txt")
	want := map[string]bool{}
	for _, system := range []string{"linux", "windows", "darwin"} {
		c := exec.Command("go", "list", "-deps", "-tags", "migrated_fynedo,no_emoji,nethttpomithttp2", "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}{{end}}{{end}}", "ganvas")
		c.Env = append(os.Environ(), "GOOS="+system, "GOARCH=amd64", "CGO_ENABLED=1")
		out, err := c.Output()
		if err != nil {
			t.Fatal(fmt.Errorf("%s: %w", system, err))
		}
		for line := range strings.Lines(string(out)) {
			want[strings.TrimSpace(line)] = true
		}
	}
	delete(want, "")
	for _, own := range []string{"Data that come with Ganvas", "Go:", "C:", "C on Windows: runtime of mingw-w64", "Windows' installer: NSIS"} {
		want[own] = true
	}
	if len(want) < 50 {
		t.Errorf("there are only %d modules", len(want))
	}
	for _, module := range slices.Sorted(maps.Keys(want)) {
		if !strings.Contains(text, "\n### "+module) {
			t.Errorf("%s is not in licences.txt: run make licences", module)
		}
	}
}
