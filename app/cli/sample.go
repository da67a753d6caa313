package cli

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"ganvas/datasets"
	"ganvas/engine/gallery"
	"ganvas/engine/gan"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
)

type sampleCmd struct {
	File    string `arg:"" name:"run.ganvas" help:"Project file."`
	Out     string `short:"o" required:"" placeholder:"gallery.png|DIR/|x.npy|x.csv" help:"A gallery, a folder of single pictures, or numbers."`
	N       int    `default:"64" placeholder:"64" help:"How many items (default ${default})."`
	Seed    uint64 `default:"1" placeholder:"S" help:"Start of the random latents; the same seed gives the same items (default ${default})."`
	Class   string `placeholder:"K" help:"Class of all items, by its name or its number from 0 (default: a row for each in a gallery, otherwise any)."`
	Maker   int    `default:"-1" placeholder:"G" help:"Which of several generators makes all items, from 0 (default: a row for each in a gallery, otherwise any)."`
	ID      int64  `name:"run" placeholder:"ID" help:"Run to take the generator of, as \"ganvas runs\" lists them (default: the current one)."`
	At      int64  `default:"-1" placeholder:"STEP" help:"Checkpoint of this step instead of the newest."`
	Raw     bool   `help:"The generator that plays, instead of its average."`
	Columns int    `placeholder:"C" help:"Columns of the gallery (default: as many as rows)."`
	Scale   int    `placeholder:"X" help:"Pixels of the gallery for each pixel of a picture (default: up to about 1000 in all)."`
	Spacing int    `default:"1" placeholder:"P" help:"Pixels between the pictures of the gallery (default ${default})."`
	Labels  bool   `help:"Number the pictures of the gallery."`
	Read    bool   `name:"yes-data" help:"Read the data that the project names, though you have not opened them before: points are in their units."`
	Threads int    `placeholder:"T" help:"Processors to use (default: all)."`
	Force   bool   `help:"Replace what exists."`
}

// chunk is how many items are made at once.
const chunk = 64

// fewer is what helps where the disk has no room.
const fewer = "choose fewer items with --n, or another disk"

// asMany returns the bytes of all items where the first chunk of them has so many.
func (c sampleCmd) asMany(bytes int) float64 {
	return float64(bytes) / float64(min(chunk, c.N)) * float64(c.N)
}

// Run writes n items in the form that the name of the output asks for.
func (c sampleCmd) Run(ctx context.Context, env *Env) error {
	if err := setThreads(c.Threads); err != nil {
		return err
	}
	if c.N < 1 || c.N > 100_000_000 {
		return usageError{fmt.Errorf("sample: --n %d: choose 1 to 100,000,000", c.N)}
	}
	if c.Columns < 0 {
		return usageError{fmt.Errorf("sample: --columns %d: choose 1 or more", c.Columns)}
	}
	write, err := c.writer(ctx, env)
	if err != nil {
		return err
	}
	r, state, err := loadState(env, c.File, c.ID, c.At)
	if err != nil {
		return err
	}
	g, err := generatorOf(c.File, r, state, c.Raw)
	if err != nil {
		return err
	}
	if err := c.choose(g, session.ClassNames(state)); err != nil {
		return err
	}
	return write(g, r)
}

// choose has the generator make what --class and --maker ask for.
func (c sampleCmd) choose(g *gan.Generator, names []string) error {
	class := -1
	if c.Class != "" {
		if g.Classes() == 0 {
			return fmt.Errorf("sample %s: --class %s: its generator was not told classes: train with conditional = concat, projection or classifier", c.File, c.Class)
		}
		class = slices.Index(names, c.Class)
		if n, err := strconv.Atoi(c.Class); class < 0 && err == nil && n >= 0 && n < g.Classes() {
			class = n
		}
		if class < 0 {
			return usageError{fmt.Errorf("sample: --class %s: the classes are %s", c.Class, someOf(names))}
		}
	}
	if c.Maker < -1 || c.Maker >= g.Count() {
		return usageError{fmt.Errorf("sample: --maker %d: %s has %d: choose 0 to %d", c.Maker, c.File, g.Count(), g.Count()-1)}
	}
	g.Choose(class, c.Maker)
	return nil
}

// someOf returns the first names of a list.
func someOf(names []string) string {
	const most = 20
	if len(names) > most {
		return strings.Join(names[:most], ", ") + " and so on"
	}
	return strings.Join(names, ", ")
}

// writer chooses the form by the name of the output, before anything slow is done.
func (c sampleCmd) writer(ctx context.Context, env *Env) (func(*gan.Generator, *recipe.Recipe) error, error) {
	info, err := os.Stat(c.Out)
	folder := err == nil && info.IsDir() || strings.HasSuffix(c.Out, "/") || strings.HasSuffix(c.Out, string(filepath.Separator))
	if folder {
		return func(g *gan.Generator, _ *recipe.Recipe) error { return c.pictures(ctx, env, g) }, nil
	}
	var write func(io.Writer, *gan.Generator, *recipe.Recipe) error
	switch strings.ToLower(filepath.Ext(c.Out)) {
	case ".png":
		write = func(w io.Writer, g *gan.Generator, _ *recipe.Recipe) error { return c.gallery(ctx, env, w, g) }
	case ".npy":
		write = func(w io.Writer, g *gan.Generator, _ *recipe.Recipe) error { return c.npy(ctx, env, w, g) }
	case ".csv":
		write = func(w io.Writer, g *gan.Generator, r *recipe.Recipe) error { return c.csv(ctx, env, w, g, r) }
	default:
		return nil, usageError{fmt.Errorf("sample: --out %s: choose a name that ends in .png, .npy, .csv, or in / for a folder of pictures", c.Out)}
	}
	if err := refuseToReplace(c.Out, c.Force); err != nil {
		return nil, err
	}
	return func(g *gan.Generator, r *recipe.Recipe) error {
		return writeFile(c.Out, c.Force, func(w io.Writer) error { return write(w, g, r) })
	}, nil
}

// gallery writes a PNG of all items: a grid of pictures, or a scatter plot of points.
func (c sampleCmd) gallery(ctx context.Context, env *Env, w io.Writer, g *gan.Generator) error {
	o := c.looks(g)
	if err := o.Validate(g.Out()); err != nil {
		return err
	}
	total := int64(o.Rows * o.Columns)
	p := startProgress(env, "sample", "item", 0, total, nil)
	defer p.finish()
	o.Drawn = func(n int) error {
		p.set(int64(n), total, 0, "")
		return ctx.Err()
	}
	return gallery.Write(w, g, o)
}

// looks returns the rows, columns and scale of the gallery.
func (c sampleCmd) looks(g *gan.Generator) gallery.Options {
	item := g.Out()
	if !item.Picture() {
		return gallery.Options{Rows: 1, Columns: c.N, Seed: c.Seed, Scale: max(1, c.Scale)}
	}
	byRow := g.Rows() > 0 && !g.Chosen()
	o := gallery.Options{Columns: c.Columns, Seed: c.Seed, Scale: c.Scale, Spacing: c.Spacing, Labels: c.Labels}
	if !byRow {
		o.Count = c.N
	}
	if o.Columns == 0 && byRow {
		o.Columns = (c.N + g.Rows() - 1) / g.Rows()
	}
	if o.Columns == 0 {
		o.Columns = int(math.Ceil(math.Sqrt(float64(c.N))))
	}
	o.Rows = (c.N + o.Columns - 1) / o.Columns
	if o.Scale == 0 {
		const side = 1000
		o.Scale = min(8, max(1, side/(max(o.Rows, o.Columns)*(item[1]+o.Spacing))))
	}
	return o
}

// items makes all items, some at a time, and hands them to use; first is the number of the first of
// them. Memory does not grow with how many there are.
func (c sampleCmd) items(ctx context.Context, env *Env, g *gan.Generator, use func(first int, items []float32) error) error {
	p := startProgress(env, "sample", "item", 0, int64(c.N), nil)
	defer p.finish()
	draw := g.Draw(c.Seed)
	for first := 0; first < c.N; first += chunk {
		if err := ctx.Err(); err != nil {
			return err
		}
		n := min(chunk, c.N-first)
		if err := use(first, g.Render(draw(n), n)); err != nil {
			return err
		}
		p.set(int64(first+n), int64(c.N), 0, "")
	}
	return nil
}

// npy writes an array of float32, (n, H, W, C) of pictures in [−1, 1] or (n, 2) of points, in
// NumPy's format, version 1.0.
func (c sampleCmd) npy(ctx context.Context, env *Env, w io.Writer, g *gan.Generator) error {
	if err := checkRoom(c.Out, 4*float64(c.N)*float64(g.Out().Size()), fewer); err != nil {
		return err
	}
	shape := strconv.Itoa(c.N)
	for _, d := range g.Out() {
		shape += ", " + strconv.Itoa(d)
	}
	const magic = "\x93NUMPY\x01\x00"
	head := fmt.Sprintf("{'descr': '<f4', 'fortran_order': False, 'shape': (%s), }", shape)
	// The header, with its magic and length, is filled up with spaces to a multiple of 64 bytes and
	// ends its line.
	head += strings.Repeat(" ", 63-(len(magic)+2+len(head))%64) + "\n"
	b := bufio.NewWriterSize(w, 1<<20)
	b.WriteString(magic)
	b.Write(binary.LittleEndian.AppendUint16(nil, uint16(len(head))))
	b.WriteString(head)
	err := c.items(ctx, env, g, func(_ int, items []float32) error { return binary.Write(b, binary.LittleEndian, items) })
	return errors.Join(err, b.Flush())
}

// csv writes one line for each item: x and y of points in the units of the data, or all values of a
// picture.
func (c sampleCmd) csv(ctx context.Context, env *Env, w io.Writer, g *gan.Generator, r *recipe.Recipe) error {
	b := bufio.NewWriterSize(w, 1<<20)
	scale, offset := [2]float64{1, 1}, [2]float64{}
	if !g.Out().Picture() {
		b.WriteString("x,y\n")
		scale, offset = c.units(ctx, env, r)
	}
	width := g.Out().Size()
	var line []byte
	err := c.items(ctx, env, g, func(first int, items []float32) error {
		written := 0
		for i, v := range items {
			x := float64(v)
			bits := 32
			if width == 2 && scale != [2]float64{1, 1} {
				x, bits = x*scale[i%2]+offset[i%2], 64
			}
			line = strconv.AppendFloat(line[:0], x, 'g', -1, bits)
			if i%width == width-1 {
				line = append(line, '\n')
			} else {
				line = append(line, ',')
			}
			if _, err := b.Write(line); err != nil {
				return err
			}
			written += len(line)
		}
		if first > 0 {
			return nil
		}
		return checkRoom(c.Out, c.asMany(written), fewer) // the others are about as long
	})
	return errors.Join(err, b.Flush())
}

// units returns how the points that were trained on are scaled and moved. Without the data they
// stay as they are.
func (c sampleCmd) units(ctx context.Context, env *Env, r *recipe.Recipe) (scale, offset [2]float64) {
	one := [2]float64{1, 1}
	if datasets.IsBuiltin(r.Data) {
		return one, offset
	}
	var set datasets.Set
	err := session.MayRead(c.File, r)
	if err == nil || c.Read {
		set, err = datasets.Open(ctx, r.Data, session.DataOptions(r), nil)
	} else {
		err = fmt.Errorf("%w (sample --yes-data)", err)
	}
	if err != nil {
		fmt.Fprintf(env.Stderr, "ganvas: note: the points are in standard units, as their data cannot be read: %s\n", oneLine(err.Error()))
		return one, offset
	}
	session.RememberRead(r)
	if a, ok := set.(datasets.Affine); ok {
		return a.Affine()
	}
	return one, offset
}
