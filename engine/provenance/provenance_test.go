package provenance

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"

	"ganvas/engine/gan"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
)

// generator returns a freshly drawn generator of 4×4 pictures with latents of 5 numbers.
func generator(t testing.TB, role nn.Role) *gan.Generator {
	t.Helper()
	n, err := nn.NewRole([]string{"linear 16", "unflatten 4 4 1", "tanh"}, nn.Shape{5}, role)
	if err != nil {
		t.Fatal(err)
	}
	n.Init("kaiming", gan.NewStream(1, "init").Rand)
	return gan.NewGenerator(n, "gaussian")
}

var source = Source{
	Version: "1.2.3", Project: "faces.ganvas", Run: 2, Name: "faces", Key: RunKey(2, 1234), Step: 4000,
	Recipe: string(recipe.Default().Bytes()),
}

// picture is a small picture with more than one colour.
func picture() image.Image {
	img := image.NewRGBA(image.Rect(0, 0, 9, 7))
	for i := range img.Pix {
		if img.Pix[i] = uint8(i * 5); i%4 == 3 {
			img.Pix[i] = 255
		}
	}
	return img
}

// encoded returns a PNG file that carries a record.
func encoded(t testing.TB, r *Record) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Encode(&b, picture(), r, 300); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestThereAndBack: what is written into a picture is read from it, to the bit, and the picture
// itself is what it would be without.
func TestThereAndBack(t *testing.T) {
	g := generator(t, nn.Role{Classes: 3, ConcatEmbed: true})
	withClasses := source
	withClasses.Classes = []string{"eins", "zwei", "drei 🙂"}
	base := New(withClasses, g)
	moved := []float32{0.1, -2, 1e-30, 3.4028235e38, 1.0 / 3}
	step := int64(7)
	for name, r := range map[string]*Record{
		"a seed":        base.OfSeed(2, -1, 1<<63+1, 10, 64, nil),
		"latents":       base.OfItems(Item{Latent: moved, Class: 2, Maker: -1}, Item{Latent: make([]float32, 5), Class: -1, Maker: 0, Run: 1, Step: &step}),
		"a late latent": base.OfSeed(-1, -1, 5, mostSkipped, 1, func() []float32 { return moved }),
	} {
		file := encoded(t, r)
		got, err := Read(bytes.NewReader(file))
		if err != nil || !reflect.DeepEqual(got, r) {
			t.Errorf("%s: %v: read\n%+v, want\n%+v", name, err, got, r)
		}
		img, err := png.Decode(bytes.NewReader(file))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for y := range 7 {
			for x := range 9 {
				if img.At(x, y) != picture().At(x, y) {
					t.Fatalf("%s: pixel %d,%d is %v", name, x, y, img.At(x, y))
				}
			}
		}
	}
	for _, plain := range [][]byte{encoded(t, nil), nil, []byte("no PNG"), []byte(signature), encoded(t, nil)[:40]} {
		if got, err := Read(bytes.NewReader(plain)); got != nil || err != nil {
			t.Errorf("of %d bytes without a record: %v, %v", len(plain), got, err)
		}
	}
}

// zeros is a file that begins as PNG does and goes on with zeros without end.
type zeros struct{ at int64 }

func (z *zeros) Read(p []byte) (int, error) {
	clear(p)
	if z.at < int64(len(signature)) {
		p = p[:copy(p, signature[z.at:])]
	}
	z.at += int64(len(p))
	return len(p), nil
}

func (z *zeros) Seek(by int64, _ int) (int64, error) {
	z.at += by
	return z.at, nil
}

// TestZeros: what is no chunk is not read on, however long the file is.
func TestZeros(t *testing.T) {
	z := new(zeros)
	if got, err := Read(z); got != nil || err != nil || z.at > 1<<16 {
		t.Errorf("of zeros %v, %v, after %d bytes", got, err, z.at)
	}
}

// TestOf: each item is made of the latent, the class and the network that it was made of.
func TestOf(t *testing.T) {
	g := generator(t, nn.Role{Classes: 3, ConcatEmbed: true})
	s := source
	s.Classes = []string{"a", "b", "c"}
	base := New(s, g)
	z := g.Noise(9, 3000)
	any := base.OfSeed(-1, -1, 9, 2000, 10, nil)
	rows := base.OfSeed(-1, -1, 9, 0, 12, nil)
	rows.Columns, rows.ByRow = 4, true
	chosen := base.OfSeed(1, -1, 9, 0, 12, nil)
	for name, c := range map[string]struct {
		r     *Record
		item  int
		at    int
		class int
	}{
		"any": {any, 3, 2003, -1}, "the second row": {rows, 5, 5, 1}, "the third row": {rows, 8, 8, 2}, "chosen": {chosen, 11, 11, 1},
	} {
		want := z[c.at*5 : c.at*5+5]
		if c.class < 0 {
			g.Choose(-1, -1)
			c.class, _ = g.ChoiceOf(want)
		}
		got, class, maker, err := c.r.Of(g, c.item)
		if err != nil || !slices.Equal(got, want) || class != c.class || maker != -1 {
			t.Errorf("%s: latent %v of class %d and network %d, %v; want %v of class %d", name, got, class, maker, err, want, c.class)
		}
	}
	other := generator(t, nn.Role{})
	if _, _, _, err := chosen.Of(other, 0); err == nil {
		t.Error("a class is made by a generator that knows none")
	}
}

// TestNamesArePlain: what a terminal or a screen would obey does not come into a picture.
func TestNamesArePlain(t *testing.T) {
	s := source
	s.Name, s.Project = "a\x1b[31m\n\u202eb", strings.Repeat("ü", 1000)+"\xff"
	r := New(s, generator(t, nn.Role{})).OfItems(Item{Latent: make([]float32, 5), Class: -1, Maker: -1})
	got, err := Read(bytes.NewReader(encoded(t, r)))
	if err != nil {
		t.Fatal(err)
	}
	if got.Name != "a\uFFFD[31m\uFFFD\uFFFDb" || len([]rune(got.Project)) != mostName {
		t.Errorf("name %q, project of %d letters", got.Name, len([]rune(got.Project)))
	}
}

// chunkAt returns where the record's chunk begins in a file that Encode wrote, and its length.
func chunkAt(file []byte) (at, size int) {
	at = bytes.Index(file, []byte("iTXt"+keyword)) - 4
	return at, int(binary.BigEndian.Uint32(file[at:]))
}

// withText returns a file whose record has another text; name is that of the chunk.
func withText(file []byte, name, head string, text []byte, packed bool) []byte {
	at, size := chunkAt(file)
	data := []byte(keyword + "\x00" + head)
	if packed {
		var b bytes.Buffer
		z := zlib.NewWriter(&b)
		_, _ = z.Write(text)
		z.Close()
		text = b.Bytes()
	}
	out := appendChunk(slices.Clone(file[:at]), name, append(data, text...))
	return append(out, file[at+12+size:]...)
}

// TestOtherChunks: programs that copy a picture may write its text as another chunk.
func TestOtherChunks(t *testing.T) {
	want := New(source, generator(t, nn.Role{})).OfItems(Item{Latent: make([]float32, 5), Class: -1, Maker: -1})
	file := encoded(t, want)
	text, err := want.marshal()
	if err != nil {
		t.Fatal(err)
	}
	at, size := chunkAt(file)
	end := len(file) - 12 // before IEND
	moved := slices.Concat(file[:at], file[at+12+size:end], file[at:at+12+size], file[end:])
	for name, other := range map[string][]byte{
		"tEXt": withText(file, "tEXt", "", text, false), "zTXt": withText(file, "zTXt", "\x00", text, true),
		"iTXt, not compressed": withText(file, "iTXt", "\x00\x00en\x00How\x00", text, false),
		"behind the pixels":    moved,
	} {
		if got, err := Read(bytes.NewReader(other)); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

// TestHostile: what is damaged or made to harm is refused in a sentence without control characters.
func TestHostile(t *testing.T) {
	good := New(source, generator(t, nn.Role{})).OfItems(Item{Latent: make([]float32, 5), Class: -1, Maker: -1})
	file := encoded(t, good)
	text, err := good.marshal()
	if err != nil {
		t.Fatal(err)
	}
	at, size := chunkAt(file)
	flipped := slices.Clone(file)
	flipped[at+8+size/2] ^= 1
	long := slices.Clone(file)
	binary.BigEndian.PutUint32(long[at:], mostChunk+1)
	packed := func(s string) []byte { return withText(file, "iTXt", "\x01\x00\x00\x00", []byte(s), true) }
	changed := func(old, new string) []byte {
		if !bytes.Contains(text, []byte(old)) {
			t.Fatalf("the record has no %s", old)
		}
		return packed(strings.Replace(string(text), old, new, 1))
	}
	for name, c := range map[string]struct {
		file []byte
		want string
	}{
		"a bit":              {flipped, "checksum differs"},
		"its length":         {long, "at most"},
		"its end":            {file[:at+20], "ends in it"},
		"its compression":    {withText(file, "iTXt", "\x01\x07\x00\x00", text, true), "compression is not known"},
		"not packed":         {withText(file, "iTXt", "\x01\x00\x00\x00", text, false), "cannot be unpacked"},
		"no second field":    {withText(file, "iTXt", "\x01\x00", nil, false), "not whole"},
		"a bomb":             {packed(strings.Repeat(" ", mostText+1)), "more than"},
		"many items":         {packed(`{"ganvas":1,"items":[` + strings.Repeat("{},", mostText/3-20) + `{}]}`), "a latent of 0 numbers"},
		"no text":            {packed("\xff\xfe"), "no text"},
		"no JSON":            {packed("\x1b[31mred"), "not as Ganvas writes it"},
		"two documents":      {packed(string(text) + "{}"), "not as Ganvas writes it"},
		"a newer version":    {changed(`"ganvas":1`, `"ganvas":2`), "take a newer Ganvas"},
		"no version":         {changed(`"ganvas":1`, `"ganvas":0`), "it is of no version"},
		"a control sign":     {changed(`"faces"`, `"fa\u001b[31mces"`), "names"},
		"a turned direction": {changed(`"faces"`, `"fa\u202eces"`), "names"},
		"a long name":        {changed(`"faces"`, `"`+strings.Repeat("x", mostName+1)+`"`), "names"},
		"a long latent":      {changed(`"latent":5`, `"latent":100000000`), "a latent of 100000000 numbers"},
		"a short latent":     {changed(`"latent":[0,`, `"latent":[`), "items are not possible"},
		"a class":            {changed(`"class":-1,"maker":-1}`, `"class":1,"maker":-1}`), "items are not possible"},
		"a truncation":       {changed(`"truncation":1`, `"truncation":-1`), "truncation of -1"},
		"a recipe":           {changed(`"recipe":"`, `"recipe":"no\u001bsuch = 1\n`), "its recipe"},
		"a checksum":         {changed(`"run_key":"`, `"run_key":"../`), "checksums"},
		"a late seed":        {changed(`"items":[{"latent":[0,0,0,0,0],"class":-1,"maker":-1}]`, `"seed":1,"count":1,"first":99999999`), "items are not possible"},
		"no items":           {changed(`"items":[{"latent":[0,0,0,0,0],"class":-1,"maker":-1}]`, `"items":[]`), "0 items"},
	} {
		got, err := Read(bytes.NewReader(c.file))
		if got != nil || err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %+v, %v; want an error that says %q", name, got, err, c.want)
			continue
		}
		if strings.ContainsFunc(err.Error(), unicode.IsControl) {
			t.Errorf("%s: the error has control characters: %q", name, err)
		}
	}
}

// TestTooMuch: what a reader would refuse is not written.
func TestTooMuch(t *testing.T) {
	items := make([]Item, mostLatents/5+1)
	for i := range items {
		items[i].Latent = make([]float32, 5)
	}
	r := New(source, generator(t, nn.Role{})).OfItems(items...)
	if err := Encode(&bytes.Buffer{}, picture(), r, 0); err == nil || !strings.Contains(err.Error(), "too many") {
		t.Errorf("%d latents: %v", len(items), err)
	}
	r = r.OfItems(Item{Latent: make([]float32, 5), Class: 3, Maker: -1})
	if err := Encode(&bytes.Buffer{}, picture(), r, 0); err == nil || !strings.Contains(err.Error(), "leave it out") {
		t.Errorf("a class that there is not: %v", err)
	}
}

// TestResolution: pixels for each inch are written as the format has them, for each metre.
func TestResolution(t *testing.T) {
	file := encoded(t, nil)
	at := bytes.Index(file, []byte("pHYs"))
	want := append(binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, 11811), 11811), 1)
	if at < 0 || at > bytes.Index(file, []byte("IDAT")) || !bytes.Equal(file[at+4:at+13], want) {
		t.Fatalf("pHYs at %d", at)
	}
	if got := binary.BigEndian.Uint32(file[at+13:]); got != crc32.ChecksumIEEE(file[at:at+13]) {
		t.Errorf("its checksum is %08x", got)
	}
}

// TestOptipng: a program that makes files smaller leaves the record.
func TestOptipng(t *testing.T) {
	program, err := exec.LookPath("optipng")
	if err != nil {
		t.Skip("optipng is not installed")
	}
	want := New(source, generator(t, nn.Role{})).OfItems(Item{Latent: make([]float32, 5), Class: -1, Maker: -1})
	path := filepath.Join(t.TempDir(), "x.png")
	if err := os.WriteFile(path, encoded(t, want), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(program, "-force", "-quiet", path).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if got, err := ReadFile(path); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("after optipng: %+v, %v", got, err)
	}
}

// TestFingerprint: other weights have another fingerprint, copies the same.
func TestFingerprint(t *testing.T) {
	g := generator(t, nn.Role{})
	n := g.Net().Clone()
	if Fingerprint(n) != Fingerprint(g.Net()) {
		t.Error("a copy has another fingerprint")
	}
	n.Params[0].Value.Data[3] += 1e-6
	if Fingerprint(n) == Fingerprint(g.Net()) {
		t.Error("other weights have the same fingerprint")
	}
	if a, b := RunKey(1, 5), RunKey(2, 5); a == b || len(a) != 16 {
		t.Errorf("keys %s and %s", a, b)
	}
}

// FuzzRead: whatever a file has in the place of the record, reading it ends without a panic.
func FuzzRead(f *testing.F) {
	r := New(source, generator(f, nn.Role{})).OfItems(Item{Latent: make([]float32, 5), Class: -1, Maker: -1})
	file := encoded(f, r)
	text, err := r.marshal()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add([]byte(fmt.Sprintf(`{"ganvas":1,"recipe":%q}`, source.Recipe)))
	f.Fuzz(func(t *testing.T, text []byte) {
		got, err := Read(bytes.NewReader(withText(file, "tEXt", "", text, false)))
		if err == nil && got.check() != nil {
			t.Errorf("it is read, and yet %v", got.check())
		}
	})
}
