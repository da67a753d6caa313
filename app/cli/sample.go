package cli

import (
	"context"
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
	"ganvas/engine/samples"
	"ganvas/engine/session"
)

type sampleCmd struct {
	File    string    `arg:"" name:"run.ganvas" help:"Project file."`
	Out     string    `short:"o" required:"" placeholder:"gallery.png|DIR/|x.npy|x.csv|loop.gif|loop.apng" help:"A gallery, a folder of single pictures, numbers, or a loop: the way through some latents as a film."`
	N       int       `default:"64" placeholder:"64" help:"How many items (default ${default})."`
	Seed    uint64    `default:"1" placeholder:"S" help:"Start of the random latents; the same seed gives the same items (default ${default})."`
	Class   string    `placeholder:"K" help:"Class of all items, by its name or its number from 0 (default: a row for each in a gallery, otherwise any)."`
	Maker   int       `default:"-1" placeholder:"G" help:"Which of several generators makes all items, from 0 (default: a row for each in a gallery, otherwise any)."`
	ID      int64     `name:"run" placeholder:"ID" help:"Run to take the generator of, as \"ganvas runs\" lists them (default: the current one)."`
	At      int64     `default:"-1" placeholder:"STEP" help:"Checkpoint of this step instead of the newest."`
	Raw     bool      `help:"The generator that plays, instead of its average."`
	Columns int       `placeholder:"C" help:"Columns of the gallery (default: as many as rows)."`
	Scale   int       `placeholder:"X" help:"Pixels of the gallery for each pixel of a picture (default: up to about 1000 in all)."`
	Spacing int       `default:"1" placeholder:"P" help:"Pixels between the pictures of the gallery (default ${default})."`
	Labels  bool      `help:"Number the pictures of the gallery."`
	Read    bool      `name:"yes-data" help:"Read the data that the project names, though you have not opened them before: points are in their units."`
	Classes bool      `name:"by-class" help:"Put the pictures of a folder into a folder for each class, as many of each."`
	Plain   bool      `help:"PNG files that do not say how they were made."`
	Loop    loopFlags `embed:""`
	Threads int       `placeholder:"T" help:"Processors to use (default: all)."`
	Force   bool      `help:"Replace what exists."`
}

// fewer is what helps where the disk has no room.
const fewer = "choose fewer items with --n, or another disk"

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
	if err := c.Loop.check(); err != nil {
		return err
	}
	write, err := c.writer()
	if err != nil {
		return err
	}
	source, err := openSource(env, c.File, c.ID, c.At)
	if err != nil {
		return err
	}
	g, err := generatorOf(c.File, source.Recipe, source.State(), c.Raw)
	if err != nil {
		return err
	}
	if err := c.choose(g, source.Classes); err != nil {
		return err
	}
	o := samples.Options{N: c.N, Seed: c.Seed, Fewer: fewer}
	if c.Classes {
		if o.Folders, err = samples.ClassFolders(g, source.Classes); err != nil {
			return fmt.Errorf("sample %s: %w", c.File, err)
		}
	}
	if !c.Plain {
		from := source.Provenance(env.Version, c.Raw)
		o.From = &from
	}
	return write(&sampling{sampleCmd: c, ctx: ctx, env: env, g: g, recipe: source.Recipe, o: o})
}

// A sampling is the generator of a sampleCmd with what is asked of it.
type sampling struct {
	sampleCmd
	ctx    context.Context
	env    *Env
	g      *gan.Generator
	recipe *recipe.Recipe
	o      samples.Options
}

// options returns what is to be written, whose progress shows until done is called.
func (c *sampling) options() (o samples.Options, done func()) {
	p := startProgress(c.env, "sample", "item", 0, int64(c.N), nil)
	o = c.o
	o.Done = func(items int) { p.set(int64(items), int64(c.N), 0, "") }
	return o, p.finish
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
func (c sampleCmd) writer() (func(*sampling) error, error) {
	info, err := os.Stat(c.Out)
	there := err == nil && info.IsDir()
	if there || strings.HasSuffix(c.Out, "/") || strings.HasSuffix(c.Out, string(filepath.Separator)) {
		switch {
		case c.Classes && c.Class != "":
			return nil, usageError{errors.New("sample: --by-class makes all classes, --class one of them: leave one of the two out")}
		case c.Classes && there:
			return nil, fmt.Errorf("sample: %s is there already: folders by class go into a new one: choose another name", c.Out)
		}
		return (*sampling).pictures, nil
	}
	if c.Classes {
		return nil, usageError{fmt.Errorf("sample: --by-class is for pictures in folders: choose --out with a / at the end instead of %s", c.Out)}
	}
	var write func(*sampling, io.Writer) error
	switch extension := strings.ToLower(filepath.Ext(c.Out)); {
	case c.isLoop():
		write = (*sampling).loop
	case c.Loop.Seconds != 0 || c.Loop.Ease != 0 || c.Loop.Smooth || c.Loop.Frames != 0:
		return nil, usageError{errLoopOnly}
	case extension == ".png":
		write = (*sampling).gallery
	case extension == ".npy":
		write = (*sampling).npy
	case extension == ".csv":
		write = (*sampling).csv
	default:
		return nil, usageError{fmt.Errorf("sample: --out %s: choose a name that ends in .png, .npy, .csv, .gif, .apng, or in / for a folder of pictures", c.Out)}
	}
	if err := refuseToReplace(c.Out, c.Force); err != nil {
		return nil, err
	}
	return func(s *sampling) error {
		return writeFile(c.Out, c.Force, func(w io.Writer) error { return write(s, w) })
	}, nil
}

// gallery writes a PNG of all items: a grid of pictures, or a scatter plot of points.
func (c *sampling) gallery(w io.Writer) error {
	o := c.looks(c.g)
	if err := o.Validate(c.g.Out()); err != nil {
		return err
	}
	total := int64(o.Rows * o.Columns)
	p := startProgress(c.env, "sample", "item", 0, total, nil)
	defer p.finish()
	o.Drawn = func(n int) error {
		p.set(int64(n), total, 0, "")
		return c.ctx.Err()
	}
	o.From = c.o.From
	return gallery.Write(w, c.g, o)
}

// npy writes an array.
func (c *sampling) npy(w io.Writer) error {
	o, done := c.options()
	defer done()
	return o.NPY(c.ctx, c.Out, w, c.g)
}

// csv writes a table.
func (c *sampling) csv(w io.Writer) error {
	if !c.g.Out().Picture() {
		c.o.Scale, c.o.Offset = c.units(c.ctx, c.env, c.recipe)
	}
	o, done := c.options()
	defer done()
	return o.CSV(c.ctx, c.Out, w, c.g)
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
