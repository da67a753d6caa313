// Package provenance has pictures say how they were made: it writes PNG files that carry the
// latents, the run and the recipe of the generator, and reads that again. It draws nothing, and
// opens no project.
package provenance

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"ganvas/engine/gan"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
)

// format is the version of the record. A reader takes none that is newer.
const format = 1

// A Source is the generator that made a picture, as others may know it: without paths.
type Source struct {
	Version string   // of the program
	Project string   // the last name of its file
	Run     int64    // number of the run in the project
	Name    string   // of the run
	Key     string   // see RunKey
	Step    int64    // of the weights
	Raw     bool     // the generator that plays, instead of its average
	Classes []string // that the generator is told apart
	Recipe  string   // as a TOML document
}

// A Record says how the items of a picture were made.
type Record struct {
	Format  int    `json:"ganvas"`
	Version string `json:"version"`
	Project string `json:"project"`
	Run     int64  `json:"run"`
	Name    string `json:"run_name"`
	Key     string `json:"run_key"`
	Step    int64  `json:"step"`
	Raw     bool   `json:"raw,omitempty"`
	// Weights is the Fingerprint of the generator; "" where the items are of several steps.
	Weights string   `json:"weights_sha256,omitempty"`
	Classes []string `json:"classes,omitempty"`
	Makers  int      `json:"makers"` // networks of the generator
	Size    int      `json:"latent"` // numbers of a latent
	Kind    string   `json:"latent_kind"`

	Truncation float64 `json:"truncation"` // 1: none
	Columns    int     `json:"columns,omitempty"`
	// The latents are those of a seed, Count of them from number First on, or those of Items.
	Seed  *uint64 `json:"seed,omitempty"`
	First int     `json:"first,omitempty"`
	Count int     `json:"count,omitempty"`
	ByRow bool    `json:"by_row,omitempty"` // each row of Columns is of one class or network, in their order
	Class int     `json:"class"`            // of all items of the seed; −1: as their latents say
	Maker int     `json:"maker"`            // the same
	Items []Item  `json:"items,omitempty"`

	Recipe string `json:"recipe"`
}

// An Item is one item whose latent is written down.
type Item struct {
	Latent []float32 `json:"latent"`
	Class  int       `json:"class"` // −1: there is none
	Maker  int       `json:"maker"` // the same
	// Run and Step are those of the generator that made it, where they are not the record's.
	Run  int64  `json:"run,omitempty"`
	Step *int64 `json:"step,omitempty"`
}

// What a record may have. A reader refuses more.
const (
	mostItems   = 10_000
	mostLatents = 1 << 18     // numbers in Items
	mostSkipped = 100_000_000 // numbers of the latents of a seed up to the last
	mostName    = 300
	mostClasses = 10_000
	mostLatent  = 1 << 16
)

// New returns the record of a generator, without items yet.
func New(s Source, g *gan.Generator) *Record {
	r := &Record{
		Format: format, Version: plain(s.Version), Project: plain(s.Project), Run: s.Run, Name: plain(s.Name), Key: s.Key, Step: s.Step, Raw: s.Raw,
		Weights: Fingerprint(g.Net()), Makers: g.Count(), Size: g.Latent(), Kind: g.Kind(), Truncation: 1, Class: -1, Maker: -1, Recipe: s.Recipe,
	}
	if g.Classes() > 0 {
		for _, c := range s.Classes {
			r.Classes = append(r.Classes, plain(c))
		}
	}
	return r
}

// OfSeed returns the record of count items whose latents are those of a seed from number first on,
// of a class and by a network; −1: as the latents say. Where the seed would take long to lead to
// them, the latents themselves are written down, which z returns.
func (r *Record) OfSeed(class, maker int, seed uint64, first, count int, z func() []float32) *Record {
	one := *r
	one.Class, one.Maker = class, maker
	if (first+count)*one.Size <= mostSkipped {
		one.Seed, one.First, one.Count = &seed, first, count
		return &one
	}
	all := z()
	for i := range count {
		one.Items = append(one.Items, Item{Latent: slices.Clone(all[i*one.Size : (i+1)*one.Size]), Class: one.Class, Maker: one.Maker})
	}
	one.Class, one.Maker = -1, -1
	return &one
}

// OfItems returns the record of items whose latents are written down.
func (r *Record) OfItems(items ...Item) *Record {
	one := *r
	one.Items = items
	return &one
}

// Len returns how many items the record has.
func (r *Record) Len() int {
	if r.Seed != nil {
		return r.Count
	}
	return len(r.Items)
}

// RunOf returns the number of the run whose generator made item i, and the step.
func (r *Record) RunOf(i int) (run, step int64) {
	run, step = r.Run, r.Step
	if r.Seed == nil {
		if it := r.Items[i]; it.Run != 0 {
			run = it.Run
		}
		if it := r.Items[i]; it.Step != nil {
			step = *it.Step
		}
	}
	return run, step
}

// Of returns the latent of item i, and the class and the network that it is of; g is the generator
// that is to make it again. The error says why that is none that can.
func (r *Record) Of(g *gan.Generator, i int) (z []float32, class, maker int, err error) {
	if g.Latent() != r.Size || g.Kind() != r.Kind {
		return nil, 0, 0, fmt.Errorf("its latents have %d %s numbers, those of the generator %d %s ones", r.Size, r.Kind, g.Latent(), g.Kind())
	}
	if r.Seed == nil {
		it := r.Items[i]
		z, class, maker = it.Latent, it.Class, it.Maker
	} else {
		draw := g.Draw(*r.Seed)
		const atOnce = 1024
		for left := r.First + i; left > 0; left -= atOnce {
			draw(min(left, atOnce))
		}
		z = slices.Clone(draw(1))
		class, maker = r.Class, r.Maker
	}
	if class >= max(1, g.Classes()) || maker >= g.Count() {
		return nil, 0, 0, fmt.Errorf("it is of class %d and network %d, of which the generator has %d and %d", class, maker, g.Classes(), g.Count())
	}
	if r.Seed != nil && r.ByRow && r.Columns > 0 {
		g.InRow(i/r.Columns, i%r.Columns)
	} else {
		g.Choose(class, maker)
	}
	class, maker = g.ChoiceOf(z)
	if g.Classes() == 0 {
		class = -1
	}
	if g.Count() == 1 {
		maker = -1
	}
	return z, class, maker, nil
}

// check says what is wrong with a record that was read.
func (r *Record) check() error {
	switch {
	case r.Format > format:
		return fmt.Errorf("%w: version %d, and this Ganvas knows version %d: take a newer Ganvas, or use the picture as data", errNewer, r.Format, format)
	case r.Format < format:
		return fmt.Errorf("it is of no version: %d", r.Format)
	case r.Size < 1 || r.Size > mostLatent || r.Kind != "gaussian" && r.Kind != "uniform":
		return fmt.Errorf("a latent of %d numbers of kind %q is none", r.Size, r.Kind)
	case r.Run < 1 || r.Step < 0 || r.Makers < 1 || r.Columns < 0 || len(r.Classes) > mostClasses:
		return errors.New("its numbers are not possible")
	case !(r.Truncation > 0 && r.Truncation <= 1):
		return fmt.Errorf("a truncation of %v is none", r.Truncation)
	case !isHex(r.Weights) || !isHex(r.Key):
		return errors.New("its checksums are none")
	}
	for _, name := range append([]string{r.Version, r.Project, r.Name}, r.Classes...) {
		if name != plain(name) {
			return errors.New("its names are longer than names, or have signs that no name has")
		}
	}
	if err := r.checkItems(); err != nil {
		return err
	}
	_, err := recipe.Parse([]byte(r.Recipe), "its recipe")
	return err
}

// checkItems says what is wrong with the items of a record that was read.
func (r *Record) checkItems() error {
	possible := func(class, maker int) bool {
		return class >= -1 && class < max(1, len(r.Classes)) && maker >= -1 && maker < r.Makers
	}
	if r.Seed != nil {
		if r.First < 0 || r.Count < 1 || r.First > mostSkipped || r.Count > mostSkipped || (r.First+r.Count)*r.Size > mostSkipped ||
			len(r.Items) > 0 || !possible(r.Class, r.Maker) {
			return errors.New("its items are not possible")
		}
		return nil
	}
	if len(r.Items) == 0 || len(r.Items) > mostItems {
		return fmt.Errorf("it has %d items", len(r.Items))
	}
	for _, it := range r.Items {
		if len(it.Latent) != r.Size || !possible(it.Class, it.Maker) || it.Run < 0 || it.Step != nil && *it.Step < 0 {
			return errors.New("its items are not possible")
		}
	}
	return nil
}

// marshal returns the record as JSON, or why a reader would refuse it.
func (r *Record) marshal() ([]byte, error) {
	numbers := 0
	for _, it := range r.Items {
		numbers += len(it.Latent)
	}
	if numbers > mostLatents || len(r.Items) > mostItems {
		return nil, fmt.Errorf("the latents of %d pictures are too many to be written into a file: take fewer, or leave out how they were made", len(r.Items))
	}
	if err := r.checkItems(); err != nil {
		return nil, fmt.Errorf("how the picture was made cannot be written: %w: leave it out", err)
	}
	text, err := json.Marshal(r)
	if err == nil && len(text) > mostText {
		err = fmt.Errorf("how the picture was made takes %d bytes, and at most %d are written: leave it out", len(text), mostText)
	}
	return text, err
}

// unmarshal reads what marshal wrote.
func unmarshal(text []byte) (*Record, error) {
	if !utf8.Valid(text) {
		return nil, errors.New("it is no text")
	}
	var r Record
	if err := json.Unmarshal(text, &r); err != nil {
		return nil, fmt.Errorf("it is not as Ganvas writes it: %w", plainError(err))
	}
	if err := r.check(); err != nil {
		return nil, plainError(err)
	}
	return &r, nil
}

// plainError is an error in whose text nothing is left that a terminal would obey: it quotes what
// was read.
func plainError(err error) error {
	text := []rune(strings.Map(visible, err.Error()))
	return errors.New(string(text[:min(len(text), 500)]))
}

// visible replaces a sign that a terminal or a screen would obey rather than show.
func visible(r rune) rune {
	if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029' {
		return utf8.RuneError
	}
	return r
}

// plain makes a name that can be shown anywhere.
func plain(name string) string {
	runes := []rune(strings.Map(visible, strings.ToValidUTF8(name, string(utf8.RuneError))))
	return string(runes[:min(len(runes), mostName)])
}

func isHex(s string) bool {
	_, err := hex.DecodeString(s)
	return err == nil && len(s) <= 2*sha256.Size
}

// Fingerprint returns the hexadecimal SHA-256 of the weights and buffers of a network: the same for
// the same numbers under the same names.
func Fingerprint(n *nn.Net) string {
	h := sha256.New()
	var b []byte
	for _, p := range slices.Concat(n.Params, n.Buffers) {
		b = binary.LittleEndian.AppendUint64(b[:0], uint64(len(p.Name)))
		b = append(b, p.Name...)
		b = binary.LittleEndian.AppendUint64(b, uint64(len(p.Value.Data)))
		for _, v := range p.Value.Data {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
		}
		h.Write(b)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// RunKey returns a name for a run that stays the same in copies of its project: of its number and
// the time at which it was made, in milliseconds, of which nothing else can be read.
func RunKey(run, created int64) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "ganvas run %d of %d", run, created))
	return hex.EncodeToString(sum[:8])
}
