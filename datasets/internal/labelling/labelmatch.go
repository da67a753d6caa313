package labelling

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"ganvas/datasets/internal/files"
	"ganvas/datasets/internal/table"
)

// pictureNames finds pictures by what a table may call them: the path, the file's name, or the name
// without its ending; letter by letter, else whatever their case and however accents are coded,
// which systems and programs change.
type pictureNames struct {
	exact  map[string]int
	folded map[string]int // names that are not folded as they are
}

// several marks a name that more than one picture has.
const several = -2

func namesOf(good []*files.Entry) *pictureNames {
	names := &pictureNames{make(map[string]int), make(map[string]int)}
	shared := len(CommonFolder(good))
	for i, e := range good {
		base := path.Base(e.Name)
		keys := []string{e.Name, e.Name[shared:], base, strings.TrimSuffix(base, path.Ext(base))}
		slices.Sort(keys)
		for _, key := range slices.Compact(keys) {
			put(names.exact, key, i)
			if plain := folded(key); plain != key {
				put(names.folded, plain, i)
			}
		}
	}
	return names
}

func put(names map[string]int, name string, i int) {
	if other, ok := names[name]; ok && other != i {
		i = several
	}
	names[name] = i
}

// folded is a name in lower case with its accents in one piece.
func folded(name string) string { return strings.ToLower(norm.NFC.String(name)) }

// find returns the picture that a cell of a table in a folder names, −1 where there is none,
// several where there are more.
func (p *pictureNames) find(cell, folder string) int {
	cell = strings.TrimPrefix(strings.ReplaceAll(strings.TrimSpace(cell), `\`, "/"), "./")
	if cell == "" {
		return -1
	}
	base := path.Base(cell)
	tries := []string{path.Join(folder, cell), cell}
	if strings.Contains(cell, "/") {
		tries = append(tries, base)
	}
	if ext := path.Ext(base); ext != "" { // another format than when the table was made
		tries = append(tries, strings.TrimSuffix(base, ext))
	}
	found := -1
	for _, name := range tries {
		i, ok := p.exact[name]
		if !ok {
			i, ok = p.like(folded(name))
		}
		if ok && i >= 0 {
			return i
		}
		if ok {
			found = several
		}
	}
	return found
}

// like returns the picture that has a folded name, however it is written.
func (p *pictureNames) like(name string) (i int, ok bool) {
	i, ok = p.exact[name]
	j, also := p.folded[name]
	switch {
	case !ok:
		return j, also
	case also && i != j:
		return several, true
	}
	return i, ok
}

var errAttribute = errors.New("no such column")

// matched is what a table says of pictures.
type matched struct {
	words   []string // of each picture; "" is none
	from    string   // where they stand
	strange int      // rows that name no picture, or more than one, or cannot be read
	twice   int      // pictures that several rows give different labels
}

// match finds the word of each picture. The column that names most pictures is that of the files.
func (f *labelFile) match(names *pictureNames, pictures int, attribute string) (*matched, error) {
	fileColumn, most := -1, 0
	for k := range f.columns {
		hits := 0
		for _, row := range f.rows {
			if k < len(row) && names.find(row[k], f.folder) != -1 {
				hits++
			}
		}
		if hits > most {
			fileColumn, most = k, hits
		}
	}
	if fileColumn < 0 || 2*most < min(len(f.rows), pictures) {
		return nil, errors.New("none of its columns names the pictures: write each file's name in one")
	}
	f.unhead(names, fileColumn)
	label, _ := f.labelColumn(fileColumn, attribute)
	f.attributes = slices.Delete(slices.Clone(f.columns), fileColumn, fileColumn+1)
	if label < 0 {
		if attribute != "" {
			return nil, fmt.Errorf("%w %q: choose one of %s", errAttribute, attribute, strings.Join(f.attributes, ", "))
		}
		return nil, errors.New("no column of labels: give it one with two or more different words")
	}
	f.attribute = f.columns[label]
	m := &matched{words: make([]string, pictures), from: f.place(label), strange: f.bad}
	signs := f.signs(label)
	for _, row := range f.rows {
		if label >= len(row) || fileColumn >= len(row) {
			continue
		}
		i := names.find(row[fileColumn], f.folder)
		if i < 0 {
			m.strange++
			continue
		}
		word := strings.TrimSpace(row[label])
		if signs {
			word = map[string]string{"1": "", "-1": "not "}[word] + f.columns[label]
		}
		if m.words[i] != "" && m.words[i] != word {
			m.twice++
		}
		m.words[i] = word
	}
	return m, nil
}

// place says where a column stands.
func (f *labelFile) place(column int) string {
	if name := f.columns[column]; name != table.UnnamedColumn(column) {
		return fmt.Sprintf("the column %s of %s", name, f.name)
	}
	return fmt.Sprintf("%s of %s", f.columns[column], f.name)
}

// fileWords are names of columns of files that may be those of pictures, too.
var fileWords = []string{"file", "files", "filename", "file_name", "image", "images", "img", "picture", "path", "name", "id", "image_id"}

// unhead makes the first line a row where it names a picture, or a file that may be one, rather
// than columns.
func (f *labelFile) unhead(names *pictureNames, fileColumn int) {
	cell := strings.TrimSpace(f.columns[fileColumn])
	if !f.headed || !files.PictureName(cell) && (names.find(cell, f.folder) == -1 || slices.Contains(fileWords, strings.ToLower(cell))) {
		return
	}
	f.rows = slices.Insert(f.rows, 0, f.columns)
	f.headed, f.columns = false, make([]string, len(f.columns))
	for i := range f.columns {
		f.columns[i] = table.UnnamedColumn(i)
	}
}

// labelColumn is the one that is asked for; else one that is called label or the like; else, where
// all others are yes or no, the one that divides most evenly; else the first with few different
// words. named says that it is one of the first two.
func (f *labelFile) labelColumn(fileColumn int, attribute string) (column int, named bool) {
	if attribute != "" {
		return slices.IndexFunc(f.columns, func(name string) bool { return strings.EqualFold(strings.TrimSpace(name), attribute) }), true
	}
	for _, want := range []string{"label", "labels", "class", "category", "target", "species", "breed", "y"} {
		for k, name := range f.columns {
			if k != fileColumn && strings.EqualFold(strings.TrimSpace(name), want) {
				return k, true
			}
		}
	}
	best, evenness := -1, -1.0
	for k := range f.columns {
		if k == fileColumn || !f.signs(k) {
			continue
		}
		yes := 0
		for _, row := range f.rows {
			if k < len(row) && strings.TrimSpace(row[k]) == "1" {
				yes++
			}
		}
		if share := float64(yes) / float64(len(f.rows)); min(share, 1-share) > evenness {
			best, evenness = k, min(share, 1-share)
		}
	}
	if best >= 0 {
		return best, false
	}
	for k := range f.columns {
		if k == fileColumn {
			continue
		}
		seen := make(map[string]bool)
		for _, row := range f.rows {
			if k < len(row) && len(seen) <= mostClasses {
				seen[strings.TrimSpace(row[k])] = true
			}
		}
		if n := len(seen); n >= 2 && n <= mostClasses && (n < len(f.rows) || len(f.rows) < 10) && !f.parts(k, seen) {
			return k, false
		}
	}
	return -1, false
}

// parts says whether a column tells which part of a set a row is of.
func (f *labelFile) parts(k int, words map[string]bool) bool {
	if slices.Contains([]string{"split", "partition", "subset", "fold"}, strings.ToLower(strings.TrimSpace(f.columns[k]))) {
		return true
	}
	for word := range words {
		if _, ok := splitSide(word); word != "" && !ok {
			return false
		}
	}
	return true
}

// signs says whether a column holds nothing but 1 and -1.
func (f *labelFile) signs(k int) bool {
	minus := false
	for _, row := range f.rows {
		if k >= len(row) {
			return false
		}
		switch strings.TrimSpace(row[k]) {
		case "1":
		case "-1":
			minus = true
		default:
			return false
		}
	}
	return minus
}
