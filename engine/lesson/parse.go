package lesson

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"ganvas/engine/nn"
	"ganvas/engine/recipe"
)

// What a lesson has at most.
const (
	maxBytes = 256 << 10
	maxPages = 40
	maxGoals = 100
	maxTitle = 80
	maxHour  = 24 * 60
)

// fence is the line before and after what is said of a lesson.
const fence = "+++"

// Read reads a lesson from a file; see Parse.
func Read(path string) (*Lesson, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w: check the path and its permissions", path, errors.Unwrap(err))
	}
	if info.Size() > maxBytes {
		return nil, tooLarge(path, info.Size())
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w: check the path and its permissions", path, errors.Unwrap(err))
	}
	return Parse(data, path)
}

func tooLarge(file string, size int64) error {
	return fmt.Errorf("read %s: %d bytes are too many for a lesson: choose a file of at most %d", file, size, maxBytes)
}

// A header is what stands between the fences.
type header struct {
	Lesson  int            `toml:"lesson"`
	Title   string         `toml:"title"`
	About   string         `toml:"about"`
	Minutes int            `toml:"minutes"`
	Preset  string         `toml:"preset"`
	Example string         `toml:"example"`
	View    string         `toml:"view"`
	Only    []string       `toml:"only"`
	Locked  []string       `toml:"locked"`
	Set     map[string]any `toml:"set"`
	Recipe  map[string]any `toml:"recipe"`
}

// Parse reads a lesson. The error names file, line and remedy of what is wrong: of the front matter
// all that can be told at once, of the text the first ten faults.
func Parse(data []byte, file string) (*Lesson, error) {
	if len(data) > maxBytes {
		return nil, tooLarge(file, int64(len(data)))
	}
	f := &faults{file: file}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	front, body, err := cut(data, file)
	if err != nil {
		return nil, err
	}
	l := &Lesson{Name: strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))}
	h := &header{}
	d := toml.NewDecoder(bytes.NewReader(front))
	d.DisallowUnknownFields()
	if err := d.Decode(h); err != nil {
		return nil, f.ofTOML(err)
	}
	l.takeHeader(h, front, f)
	if f.any() {
		return nil, f.err()
	}
	if l.Pages = pagesOf(body, bytes.Count(data[:len(data)-len(body)], []byte("\n")), f); f.any() {
		return nil, f.err()
	}
	return l, nil
}

// cut returns the front matter and what comes after it.
func cut(data []byte, file string) (front, body []byte, err error) {
	first, rest, _ := bytes.Cut(data, []byte("\n"))
	if strings.TrimSpace(string(first)) != fence {
		return nil, nil, fmt.Errorf("read %s: line 1: a lesson begins with a line %s, with title and recipe below it and another %s behind them: see docs/lessons.md", file, fence, fence)
	}
	from := len(data) - len(rest)
	for at := from; at < len(data); {
		line, _, more := bytes.Cut(data[at:], []byte("\n"))
		end := at + len(line)
		if more {
			end++
		}
		if strings.TrimSpace(string(line)) == fence {
			return data[from:at], data[end:], nil
		}
		at = end
	}
	return nil, nil, fmt.Errorf("read %s: line 1: the %s has no second one: write %s on a line of its own before the text", file, fence, fence)
}

// takeHeader checks what is said of the lesson and takes it over. Lines of the front matter begin
// with the second of the file.
func (l *Lesson) takeHeader(h *header, front []byte, f *faults) {
	at := func(key string) int { return lineOf(front, key) + 1 }
	if h.Lesson != Version {
		f.add(at("lesson"), "lesson = %d: this version of Ganvas reads lesson = %d: write that, or open the file with a newer Ganvas", h.Lesson, Version)
		return
	}
	if l.Title = strings.TrimSpace(h.Title); l.Title == "" || len([]rune(l.Title)) > maxTitle {
		f.add(at("title"), "title: a lesson has one of 1 to %d characters: write title = \"…\"", maxTitle)
	}
	if l.Minutes = h.Minutes; h.Minutes < 1 || h.Minutes > maxHour {
		f.add(at("minutes"), "minutes: say how long the lesson takes, from 1 to %d: write minutes = 8", maxHour)
	}
	l.About, l.View, l.Example = strings.TrimSpace(h.About), h.View, h.Example
	if l.View != "" && !slices.Contains(Views, l.View) {
		f.add(at("view"), "view %q: there is none of that name%s", l.View, nearest(l.View, Views))
	}
	l.Only, l.Locked = h.Only, h.Locked
	if h.Only != nil && h.Locked != nil {
		f.add(at("locked"), "only and locked: one of them says it all: take the other out")
	}
	for _, list := range [][]string{h.Only, h.Locked} {
		for _, key := range list {
			if !isKey(key) {
				f.add(at("only"), "%q is no key of a recipe%s", key, nearest(key, keyNames()))
			}
		}
	}
	l.takeRecipe(h, front, f)
}

// takeRecipe finds what the lesson opens.
func (l *Lesson) takeRecipe(h *header, front []byte, f *faults) {
	at := func(key string) int { return lineOf(front, key) + 1 }
	ways := 0
	for _, given := range []bool{h.Preset != "", h.Example != "", h.Recipe != nil} {
		if given {
			ways++
		}
	}
	switch {
	case ways != 1:
		f.add(max(at("preset"), at("example")), "say what the lesson opens, one of: preset = \"ring\", example = \"digits\", or a table [recipe]")
	case h.Example != "":
		if !slices.Contains(Examples, h.Example) {
			f.add(at("example"), "example %q: there is none of that name%s", h.Example, nearest(h.Example, Examples))
		}
		if len(h.Set) > 0 {
			f.add(at("[set]"), "[set]: an example is opened as it is: take the table out, or choose a preset")
		}
	case h.Preset != "":
		r, err := recipe.Named(h.Preset)
		if err != nil {
			f.add(at("preset"), "%v", err)
			return
		}
		l.Recipe = r
	default:
		r, err := recipe.Parse(recipeLines(front), f.file)
		if err != nil {
			f.addError(err)
			return
		}
		l.Recipe = r
	}
	if l.Recipe != nil {
		l.change(h.Set, front, f)
	}
}

// change makes the changes of the table [set] to the recipe.
func (l *Lesson) change(set map[string]any, front []byte, f *faults) {
	for key, value := range flat("", set) {
		if err := l.Recipe.Set(key, value); err != nil {
			name := key[strings.LastIndex(key, ".")+1:]
			f.add(lineOf(front, name)+1, "%v", err)
		}
	}
	if err := l.Recipe.Validate(); err != nil && !f.any() {
		f.add(lineOf(front, "[set]")+1, "with these changes: %v", err)
	}
}

// flat returns keys of a recipe with their values as recipe.Set takes them.
func flat(prefix string, table map[string]any) map[string]string {
	all := make(map[string]string)
	for name, value := range table {
		switch v := value.(type) {
		case map[string]any:
			if prefix == "" {
				for k, x := range flat(name+".", v) {
					all[k] = x
				}
			}
		case []any:
			var parts []string
			for _, x := range v {
				parts = append(parts, fmt.Sprint(x))
			}
			all[prefix+name] = strings.Join(parts, ",")
		default:
			all[prefix+name] = fmt.Sprint(v)
		}
	}
	return all
}

// recipeLines returns the table [recipe] as a document of its own, in the same lines of the file.
func recipeLines(front []byte) []byte {
	var out strings.Builder
	out.WriteByte('\n') // for the fence
	inside := false
	for line := range strings.Lines(string(front)) {
		text := strings.TrimSpace(line)
		switch {
		case text == "[recipe]":
			inside = true
			text = ""
		case text == "[recipe.g]" || text == "[recipe.d]":
			inside = true
			text = "[" + text[len("[recipe."):]
		case strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]") && !strings.Contains(text, "="):
			inside = inside && strings.HasPrefix(text, "[\"") // the rest of a list of layers
		}
		if inside {
			out.WriteString(text)
		}
		out.WriteByte('\n')
	}
	return []byte(out.String())
}

// lineOf returns the line that begins with a key, from 1; 0 where there is none.
func lineOf(front []byte, key string) int {
	n := 0
	for line := range strings.Lines(string(front)) {
		n++
		rest, ok := strings.CutPrefix(strings.TrimSpace(line), key)
		if rest = strings.TrimSpace(rest); ok && (rest == "" || rest[0] == '=') {
			return n
		}
	}
	return 0
}

// nearest is what an error offers instead of a name.
func nearest(name string, names []string) string {
	if near := nn.Nearest(name, names); len(near) > 0 {
		return ": did you mean " + strings.Join(near, " or ") + "?"
	}
	return ": there are " + strings.Join(names, ", ")
}

func keyNames() []string {
	var names []string
	for _, k := range recipe.Keys() {
		names = append(names, k.Name)
	}
	return names
}

// isKey tells whether a name is a key of a recipe, or a player's, which stands for all of its keys.
func isKey(name string) bool { return name == "g" || name == "d" || slices.Contains(keyNames(), name) }
