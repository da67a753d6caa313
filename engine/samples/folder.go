package samples

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"ganvas/datasets"
	"ganvas/engine/gan"
	"ganvas/engine/provenance"
	"ganvas/engine/wholefile"
)

// Folder writes one PNG for each item into a new folder, which appears whole or not at all.
func (o Options) Folder(ctx context.Context, path string, g *gan.Generator) error {
	return wholefile.WriteFolder(path, func(folder string) error {
		for _, name := range o.Folders {
			if err := os.Mkdir(filepath.Join(folder, name), 0o777); err != nil { // less what the umask takes
				return err
			}
		}
		return o.Each(ctx, path, g, func(i int, write func(io.Writer) error) (string, error) {
			name := filepath.Join(folder, o.Name(i))
			f, err := os.Create(name)
			if err != nil {
				return "", err
			}
			return name, errors.Join(write(f), f.Close())
		})
	})
}

// Each has save write a PNG of every item, and stops early where the disk of path has no room for
// all; save returns the file that it wrote.
func (o Options) Each(ctx context.Context, path string, g *gan.Generator, save func(i int, write func(io.Writer) error) (string, error)) error {
	item := g.Out()
	if !item.Picture() {
		return errors.New("the generator makes points, not pictures: choose a gallery, NPY or CSV")
	}
	var made *provenance.Record
	if o.From != nil {
		made = provenance.New(*o.From, g)
	}
	return o.each(ctx, g, func(first int, z, items []float32) error {
		written, n := 0, len(items)/item.Size()
		for i := range n {
			img := datasets.ToImage(items[i*item.Size():(i+1)*item.Size()], item[0], item[1], item[2])
			var r *provenance.Record
			if made != nil {
				class, part := g.Choice()
				r = made.OfSeed(class, part, o.Seed, first+i, 1, func() []float32 { return z[i*g.Latent() : (i+1)*g.Latent()] })
			}
			name, err := save(first+i, func(w io.Writer) error { return provenance.Encode(w, img, r, 0) })
			if err != nil {
				return err
			}
			written += int(sizeOnDisk(name))
		}
		if first > 0 {
			return nil
		}
		return wholefile.Failed(path, o.checkRoom(path, written, n))
	})
}

// Name returns the name of item i in its folder.
func (o Options) Name(i int) string {
	name := fmt.Sprintf("%0*d.png", max(4, len(strconv.Itoa(o.N))), i+1)
	if o.Folders == nil {
		return name
	}
	class, _ := o.class(i)
	return filepath.Join(o.Folders[class], name)
}

// block is the least that a file takes on most disks.
const block = 4096

// sizeOnDisk returns the bytes that a file takes, in whole blocks.
func sizeOnDisk(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return block
	}
	return max(block, (info.Size()+block-1)/block*block)
}

// reserved matches what Windows does not take for the name of a file, whatever ending it has.
var reserved = regexp.MustCompile(`(?i)^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$`)

// ClassFolders returns the folders for the classes of a generator, which are called as the classes
// are: so they are read as labels again. The error says which class cannot be the name of a folder.
func ClassFolders(g *gan.Generator, classes []string) ([]string, error) {
	if g.Classes() == 0 || len(classes) != g.Classes() {
		return nil, errors.New("folders by class: the generator was not told classes: train with conditional = concat, projection or classifier")
	}
	taken := make(map[string]string)
	for _, name := range classes {
		const longest = 200 // bytes; systems take 255, and copies get longer names
		odd := func(r rune) bool { return unicode.IsControl(r) || strings.ContainsRune(`/\:*?"<>|`, r) }
		if name == "" || len(name) > longest || !utf8.ValidString(name) || strings.ContainsFunc(name, odd) ||
			strings.HasPrefix(name, ".") || strings.HasSuffix(name, ".") || strings.TrimSpace(name) != name || reserved.MatchString(name) {
			return nil, fmt.Errorf("folders by class: the class %q cannot be the name of a folder on every system: write them into one folder", name)
		}
		folded := strings.ToLower(name)
		if other, ok := taken[folded]; ok {
			return nil, fmt.Errorf("folders by class: the classes %q and %q would be one folder on some systems: write them into one folder", other, name)
		}
		taken[folded] = name
	}
	return classes, nil
}
