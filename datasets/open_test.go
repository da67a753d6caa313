package datasets

import (
	"context"
	"errors"
	"fmt"
	"image/color"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ganvas/datasets/internal/datatest"
)

func TestFolder(t *testing.T) {
	outside := datatest.Tree(t, map[string][]byte{"secret.png": datatest.Red})
	half := datatest.Read(t, "pictures", "rgb.png")
	dir := datatest.Tree(t, map[string][]byte{
		"cats/1.png": datatest.Red, "cats/2.PNG": datatest.Green, "cats/deep/3": datatest.Blue, "dogs/1.png": datatest.PlainPNG(12, 8, color.White), "loose.png": datatest.Red,
		"cats/.hidden.png": datatest.Red, ".git/x.png": datatest.Red, "README.txt": []byte("two kinds of pets"), "Thumbs.db": []byte("\xd0\xcf\x11\xe0"),
		"dogs/text.png": []byte("this is no picture at all"), "dogs/empty.jpg": {}, "dogs/half.png": half[:len(half)/2],
		"dogs/huge.png": datatest.Claiming(20000, 20000), "dogs/dot.png": datatest.PlainPNG(1, 1, color.White), "nothing/": nil,
	})
	datatest.Must(t, os.Symlink(outside, filepath.Join(dir, "cats", "outside")))
	datatest.Must(t, os.Symlink(filepath.Join(outside, "secret.png"), filepath.Join(dir, "cats", "secret.png")))
	datatest.Must(t, os.Symlink(dir, filepath.Join(dir, "loop")))

	var last, total, found int
	set, err := Open(context.Background(), dir, Options{}, func(d, n int) {
		if n == 0 { // files are being found
			found = d
			return
		}
		if d < last {
			t.Errorf("progress went back from %d to %d", last, d)
		}
		last, total = d, n
	})
	datatest.Must(t, err)
	info := set.Info()
	if info.Name != "pets" || info.Kind != Pictures || info.Count != 5 || set.Len() != 5 {
		t.Errorf("%q, %v, %d items, want pets, pictures, 5", info.Name, info.Kind, info.Count)
	}
	if want := []int{8, 8, 3}; !slices.Equal(info.Shape, want) {
		t.Errorf("shape %v, want %v", info.Shape, want)
	}
	if want := []string{"cats", "dogs"}; !slices.Equal(info.Labels, want) {
		t.Errorf("labels %v, want %v", info.Labels, want)
	}
	if last != total || total == 0 || found != total {
		t.Errorf("progress ended at %d of %d, of %d files found", last, total, found)
	}
	skipped := make(map[string]string)
	for _, s := range info.Skipped {
		skipped[s.Path] = s.Reason
	}
	const not = ": not followed: open what it leads to, or put a copy of that here"
	wantSkipped := map[string]string{
		"pets/cats/outside":    "a symbolic link to " + outside + not,
		"pets/cats/secret.png": "a symbolic link to " + outside + "/secret.png" + not,
		"pets/loop":            "a symbolic link to " + dir + not,
		"pets/dogs/text.png":   "not a PNG, JPEG, GIF, BMP, TIFF or WebP picture",
		"pets/dogs/empty.jpg":  "empty: 0 bytes",
		"pets/dogs/half.png":   "truncated: the file ends before the picture does",
		"pets/dogs/huge.png":   "20000×20000 pixels: too large, over 100 million pixels",
		"pets/dogs/dot.png":    "1×1 pixels: too small for a network, at least 4 a side are needed",
	}
	if fmt.Sprint(skipped) != fmt.Sprint(wantSkipped) {
		t.Errorf("skipped\n%v, want\n%v", skipped, wantSkipped)
	}
	wantNotes := []string{
		"5 PNG pictures from 8×8 to 12×8, colour, labels from 2 sub-folders",
		"cut to the square in the middle",
		"8 files left out, each with its reason",
		"3 other files that are no picture, left out", // .hidden.png, README.txt, Thumbs.db
	}
	if !slices.Equal(info.Notes, wantNotes) {
		t.Errorf("notes\n%q, want\n%q", info.Notes, wantNotes)
	}
	// In the order of the names: cats/1.png, cats/2.PNG, cats/deep/3, dogs/1.png, loose.png.
	want := []struct {
		label int
		rgb   [3]float32
	}{{0, [3]float32{1, -1, -1}}, {0, [3]float32{-1, 1, -1}}, {0, [3]float32{-1, -1, 1}}, {1, [3]float32{1, 1, 1}}, {-1, [3]float32{1, -1, -1}}}
	item := make([]float32, 8*8*3)
	for i, w := range want {
		if label := set.Read(i, item); label != w.label || [3]float32(item[:3]) != w.rgb || [3]float32(item[189:]) != w.rgb {
			t.Errorf("item %d: label %d, corners %v and %v, want %d and %v", i, label, item[:3], item[189:], w.label, w.rgb)
		}
	}
}

func TestNaturalShape(t *testing.T) {
	clear := datatest.PlainPNG(8, 8, color.NRGBA{R: 255, A: 100})
	grey := datatest.PlainPNG(8, 8, color.Gray{Y: 77}) // written with colour and alpha, shows neither
	tests := []struct {
		name  string
		files [][]byte
		o     Options
		want  []int
	}{
		{"colour", [][]byte{datatest.Red, datatest.Green}, Options{}, []int{8, 8, 3}},
		{"one with transparency", [][]byte{datatest.Red, clear}, Options{}, []int{8, 8, 4}},
		{"grey", [][]byte{grey, grey}, Options{}, []int{8, 8, 1}},
		{"grey asked for in colour", [][]byte{grey, grey}, Options{Channels: 3}, []int{8, 8, 3}},
		{"sizes", [][]byte{datatest.PlainPNG(6, 9, color.White), datatest.PlainPNG(20, 12, color.Black), datatest.Red}, Options{}, []int{8, 8, 3}},
		{"padded sizes", [][]byte{datatest.PlainPNG(6, 9, color.White), datatest.PlainPNG(20, 12, color.Black), datatest.Red}, Options{Fit: "pad"}, []int{9, 9, 3}},
		{"asked for", [][]byte{datatest.Red, clear}, Options{Size: 5, Channels: 1}, []int{5, 5, 1}},
	}
	for _, tt := range tests {
		files := make(map[string][]byte)
		for i, data := range tt.files {
			files[fmt.Sprint(i, ".png")] = data
		}
		set, err := Open(context.Background(), datatest.Tree(t, files), tt.o, nil)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
		} else if got := set.Info().Shape; !slices.Equal(got, tt.want) {
			t.Errorf("%s: shape %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestZip(t *testing.T) {
	set, err := Open(context.Background(), "testdata/holiday.zip", Options{}, nil)
	datatest.Must(t, err)
	info := set.Info()
	if info.Name != "holiday.zip" || info.Count != 6 || !slices.Equal(info.Labels, []string{"cats", "dogs"}) {
		t.Errorf("%q: %d pictures labelled %v, want holiday.zip, 6, cats and dogs", info.Name, info.Count, info.Labels)
	}
	want := []Skip{{Path: "../outside.png", Reason: "its path leads out of the zip"}}
	if !slices.Equal(info.Skipped, want) {
		t.Errorf("skipped %v, want %v", info.Skipped, want)
	}
}

// The same pictures have the same fingerprint, zipped or not, wherever they lie and however they
// are prepared; any change to them gives another.
func TestFingerprint(t *testing.T) {
	files := map[string][]byte{"a/1.png": datatest.Red, "b/2.png": datatest.Green}
	sum := func(source string, o Options) string {
		set, err := Open(context.Background(), source, o, nil)
		datatest.Must(t, err)
		return set.Info().Fingerprint
	}
	want := sum(datatest.Tree(t, files), Options{})
	if len(want) != 64 {
		t.Errorf("fingerprint %q, want 64 hexadecimal digits", want)
	}
	if got := sum(datatest.Tree(t, files), Options{Size: 16, Channels: 1, Fit: "pad"}); got != want {
		t.Errorf("moved and prepared: %s, want %s", got, want)
	}
	if got := sum(datatest.Zipped(t, files), Options{}); got != want {
		t.Errorf("zipped: %s, want %s", got, want)
	}
	for name, files := range map[string]map[string][]byte{
		"content": {"a/1.png": datatest.Red, "b/2.png": datatest.Blue},
		"name":    {"a/1.png": datatest.Red, "b/3.png": datatest.Green},
		"more":    {"a/1.png": datatest.Red, "b/2.png": datatest.Green, "b/3.png": datatest.Green},
	} {
		if got := sum(datatest.Tree(t, files), Options{}); got == want {
			t.Errorf("changed %s: the same fingerprint", name)
		}
	}
	if a, b := sum("ring", Options{Seed: 1}), sum("ring", Options{Seed: 2}); a == b {
		t.Error("ring of two seeds: the same fingerprint")
	}
}

func TestOpenAll(t *testing.T) {
	cats, dogs := datatest.Tree(t, map[string][]byte{"1.png": datatest.Red, "2.png": datatest.Red}), datatest.Tree(t, map[string][]byte{"1.png": datatest.Blue})
	renamed := filepath.Join(filepath.Dir(dogs), "dogs")
	datatest.Must(t, os.Rename(dogs, renamed))
	set, err := OpenAll(context.Background(), []string{renamed, cats, cats}, Options{}, nil)
	datatest.Must(t, err)
	if info := set.Info(); info.Name != "dogs and 1 more" || info.Count != 3 || !slices.Equal(info.Labels, []string{"dogs", "pets"}) {
		t.Errorf("%q: %d pictures labelled %v, want 3 labelled dogs and pets", info.Name, info.Count, info.Labels)
	}
	text := filepath.Join(t.TempDir(), "notes.png")
	datatest.Must(t, os.WriteFile(text, []byte("no picture"), 0o644))
	set, err = OpenAll(context.Background(), []string{filepath.Join(cats, "1.png"), text, filepath.Join(cats, "2.png")}, Options{}, nil)
	datatest.Must(t, err)
	if info := set.Info(); info.Count != 2 || len(info.Labels) != 0 || len(info.Skipped) != 1 {
		t.Errorf("%d pictures, labels %v, skipped %v, want 2, none, one", info.Count, info.Labels, info.Skipped)
	}
	const images, labels = "testdata/idx/few-images-idx3-ubyte", "testdata/idx/packed-labels-idx1-ubyte.gz"
	set, err = OpenAll(context.Background(), []string{labels, images}, Options{}, nil)
	datatest.Must(t, err)
	if info := set.Info(); info.Count != 12 || len(info.Labels) != 3 {
		t.Errorf("IDX pair: %d pictures, labels %v, want 12 and three", info.Count, info.Labels)
	}
}

func TestErrors(t *testing.T) {
	one := filepath.Join(datatest.Tree(t, map[string][]byte{"cat.png": datatest.Red}), "cat.png")
	write := func(name, content string) string {
		return filepath.Join(datatest.Tree(t, map[string][]byte{name: []byte(content)}), name)
	}
	whole := string(datatest.Read(t, "holiday.zip"))
	tests := []struct {
		name, source string
		o            Options
		want         []string // parts of the message besides the source
	}{
		{"no such path", "no/such/folder", Options{}, []string{"there is no such file or folder"}},
		{"no such set", "digit", Options{}, []string{"no such file, folder or built-in set", "swissroll", "digits"}},
		{"empty folder", datatest.Tree(t, nil), Options{}, []string{"it is empty", "choose a folder or zip"}},
		{"folder without pictures", datatest.Tree(t, map[string][]byte{"a.txt": []byte("a"), "b/c.go": []byte("b")}), Options{}, []string{"none of its 2 files is a PNG, JPEG"}},
		{"folder with a table", datatest.Tree(t, map[string][]byte{"a.csv": []byte("1,2")}), Options{}, []string{"but pets/a.csv: open that file itself"}},
		{"folder of text files renamed", datatest.Tree(t, map[string][]byte{"a.png": []byte("a"), "b.png": []byte("b")}), Options{}, []string{"no picture can be read; pets/a.png: not a PNG, JPEG, GIF, BMP, TIFF or WebP picture, and 1 more"}},
		{"text file renamed", write("a.png", "plain text"), Options{}, []string{"not a PNG, JPEG, GIF, BMP, TIFF or WebP picture"}},
		{"zero bytes", write("a.png", ""), Options{}, []string{"empty (0 bytes)"}},
		{"single picture", one, Options{}, []string{"a single picture is too few: at least 2 are needed"}},
		{"folder of one", filepath.Dir(one), Options{}, []string{"a single picture is too few"}},
		{"one-pixel picture", write("dot.png", string(datatest.PlainPNG(1, 1, color.White))), Options{}, []string{"1×1 pixels: too small for a network, at least 4 a side"}},
		{"one-pixel pictures", datatest.Tree(t, map[string][]byte{"a.png": datatest.PlainPNG(1, 1, color.White), "b.png": datatest.PlainPNG(3, 9, color.White)}), Options{}, []string{"pets/a.png: 1×1 pixels: too small"}},
		{"one readable", datatest.Tree(t, map[string][]byte{"a.png": datatest.Red, "b.png": []byte("b")}), Options{}, []string{"only 1 picture can be read", "pets/b.png: not a PNG"}},
		{"zip cut in half", write("half.zip", whole[:len(whole)/2]), Options{}, []string{"the zip is truncated or damaged"}},
		{"zip by name", write("a.zip", "not a zip"), Options{}, []string{"not a zip file, whatever its name says"}},
		{"empty zip", datatest.Zipped(t, nil), Options{}, []string{"it is empty"}},
		{"unknown", write("thesis.docx", "thesis"), Options{}, []string{"none of the kinds that can be read"}},
		{"size", "digits", Options{Size: 2}, []string{"4 to 4096 pixels"}},
		{"channels", "digits", Options{Channels: 2}, []string{"1 (grey), 3 (colour) or 4"}},
		{"fit", "digits", Options{Fit: "squeeze"}, []string{`"squeeze"`, "crop, pad or stretch"}},
		{"labels", "digits", Options{Labels: "a.csv"}, []string{"none or folder"}},
		{"too much for memory", "emoji", Options{Size: 4096}, []string{"over the limit of 4.0 GB", "choose a size of 532 or less"}}, // √(4 GB / (4·3,786))
		{"labels file", "testdata/idx/few-labels-idx1-ubyte", Options{}, []string{"open the images file"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Open(context.Background(), tt.source, tt.o, nil)
			if err == nil {
				t.Fatal("no error")
			}
			wants := tt.want
			if strings.ContainsAny(tt.source, "/.") {
				wants = append(wants, tt.source)
			}
			for _, want := range wants {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("got %q, want %q in it", err, want)
				}
			}
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("%q is more than a line", err)
			}
		})
	}
	for _, sources := range [][]string{{"testdata/points/bare.csv", one}, {"testdata/idx/alone.idx3-ubyte", one}, {one, "moons"}, {}, {""}} {
		if _, err := OpenAll(context.Background(), sources, Options{}, nil); err == nil {
			t.Errorf("%v: no error", sources)
		}
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	dir := datatest.Tree(t, map[string][]byte{"a.png": datatest.Red, "b.png": datatest.Green, "c.png": datatest.Blue})
	_, err := Open(ctx, dir, Options{}, func(int, int) { cancel() })
	if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), dir) {
		t.Errorf("%v, want %v and the folder's name", err, context.Canceled)
	}
}

// A header that promises a large picture in a small file is refused before a decoder makes room for
// it; what is large and plain is not.
func TestPlausible(t *testing.T) {
	dir := datatest.Tree(t, map[string][]byte{
		"huge.png": datatest.Claiming(9000, 9000), "a.png": datatest.PlainPNG(6, 6, color.White), "b.png": datatest.PlainPNG(2000, 2000, color.White),
	})
	set, err := Open(context.Background(), dir, Options{Size: 8}, nil)
	datatest.Must(t, err)
	if s := set.Info().Skipped; set.Len() != 2 || len(s) != 1 || !strings.Contains(s[0].Reason, "9000×9000 pixels in") {
		t.Errorf("%d items, skipped %v", set.Len(), s)
	}
}
