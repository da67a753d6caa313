// Package pytorch writes the game of a recipe as a project of PyTorch that people read and run on
// one processor, a GPU, or many processes under torchrun. Only what the recipe asks for is in it.
// It writes text: weights and data are written by its caller.
package pytorch

import (
	"embed"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template"

	"ganvas/engine/nn"
	"ganvas/engine/recipe"
)

// Names of files: what trains, and those that hold no text.
const (
	TrainFile = "train.py"
	StateFile = "state.safetensors"
	DataFile  = "data.safetensors"
)

// A Project is what is written.
type Project struct {
	Recipe  *recipe.Recipe // says of the person's folders no more than their last name
	Builtin bool           // the data are in DataFile, else they are in a folder that whoever trains names
	Item    nn.Shape       // of the data
	Classes []string       // their names, where the game has any
	Version string         // of the program, for README.md
}

// A File is one of a project.
type File struct {
	Name    string
	Content []byte
}

//go:embed templates
var templates embed.FS

// functions are what the templates call besides the game's methods.
var functions = template.FuncMap{
	"has": slices.Contains[[]string], "join": strings.Join, "py": float, "pairs": pairs, "quoted": quoted,
	"players": func() map[string]string { return map[string]string{"d": "LR_D", "g": "LR_G"} },
}

// pairs writes the inside of a dictionary.
func pairs(m map[string]string) string {
	var out []string
	for _, key := range slices.Sorted(maps.Keys(m)) {
		out = append(out, fmt.Sprintf("%q: %q", key, m[key]))
	}
	return strings.Join(out, ", ")
}

// quoted writes the inside of a list.
func quoted(names []string) string {
	var out []string
	for _, n := range names {
		out = append(out, strconv.QuoteToASCII(n))
	}
	return strings.Join(out, ", ")
}

// Files returns the texts of the project. The error is that of Refusal.
func (p Project) Files() ([]File, error) {
	if err := p.Refusal(); err != nil {
		return nil, err
	}
	g, err := newGame(p)
	if err != nil {
		return nil, err
	}
	names := []string{"README.md", "requirements.txt", "model.py", TrainFile, "state.py"}
	if p.Builtin {
		names = append(names, "data.py")
	} else {
		names = append(names, "folder.py")
	}
	if len(g.augmentations()) > 0 {
		names = append(names, "augment.py")
	}
	all, err := template.New("").Funcs(functions).ParseFS(templates, "templates/*.tmpl")
	if err != nil {
		return nil, err
	}
	var out []File
	for _, name := range names {
		var b strings.Builder
		if err := all.ExecuteTemplate(&b, name+".tmpl", g); err != nil {
			return nil, fmt.Errorf("write %s: %w", name, err)
		}
		if name == "folder.py" {
			name = "data.py"
		}
		text := b.String()
		if path.Ext(name) == ".py" {
			text = tidy(text)
		}
		out = append(out, File{name, []byte(text)})
	}
	return append(out, File{"recipe.toml", p.Recipe.Bytes()}), nil
}

// sometimes are imports that not every game needs, by what stands where they are needed.
var sometimes = map[string]string{"torch.": "import torch\n", "F.": "import torch.nn.functional as F\n"}

var importLines = regexp.MustCompile(`(?m)^(import|from) .*$`)

// tidy leaves at most two empty lines after one another, one line break at the end, and no import
// that is not needed.
func tidy(text string) string {
	body := importLines.ReplaceAllString(text, "")
	for needed, line := range sometimes {
		if !regexp.MustCompile(`\b` + regexp.QuoteMeta(needed)).MatchString(body) {
			text = strings.Replace(text, line, "", 1)
		}
	}
	lines := strings.Split(text, "\n")
	empty := 0
	kept := lines[:0]
	for _, l := range lines {
		l = strings.TrimRight(l, " ")
		if l == "" {
			empty++
		} else {
			empty = 0
		}
		if empty < 3 {
			kept = append(kept, l)
		}
	}
	return strings.TrimSpace(strings.Join(kept, "\n")) + "\n"
}
