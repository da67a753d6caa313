package cli

import (
	"cmp"
	"context"
	"fmt"
	"image"
	"io"
	"strconv"

	"ganvas/app/words"
	"ganvas/datasets"
	"ganvas/engine/export"
	"ganvas/engine/gallery"
	"ganvas/engine/gan"
	"ganvas/engine/inversion"
	"ganvas/engine/latent"
	"ganvas/engine/provenance"
	"ganvas/engine/session"
)

type findCmd struct {
	File     string   `arg:"" name:"run.ganvas" help:"Project file."`
	Pictures []string `arg:"" name:"picture" help:"Pictures to find: files, or folders and archives of them. They are prepared as the data of the run are."`
	Out      string   `short:"o" required:"" placeholder:"found.png" help:"A PNG file with each picture and, beside it, the nearest that the generator makes."`
	Steps    int      `placeholder:"N" help:"Most steps of the search (default: 300)."`
	Seed     uint64   `default:"1" placeholder:"S" help:"Start of the random latents that the search begins from (default ${default})."`
	HeldOut  int      `default:"10" placeholder:"N" help:"How many held-out pictures to find, too, to compare with; 0: none (default ${default})."`
	ID       int64    `name:"run" placeholder:"ID" help:"Run to take the generator of, as \"ganvas runs\" lists them (default: the current one)."`
	At       int64    `default:"-1" placeholder:"STEP" help:"Checkpoint of this step instead of the newest."`
	Raw      bool     `help:"The generator that plays, instead of its average."`
	Plain    bool     `help:"A PNG file that does not say how it was made."`
	Read     bool     `name:"yes-data" help:"Read the data that the project names, though you have not opened them before, for the pictures held out."`
	Threads  int      `placeholder:"T" help:"Processors to use (default: all). The result does not depend on it."`
	Force    bool     `help:"Replace what exists."`
	JSON     bool     `name:"json" help:"Print one JSON document."`
}

// findings is the JSON that others rely on.
type findings struct {
	Found   []finding `json:"found"`
	HeldOut []float64 `json:"held_out"` // distances of pictures held out, ascending
}

type finding struct {
	Picture  string    `json:"picture"`
	Distance float64   `json:"distance"`
	Class    *int      `json:"class,omitempty"`
	Latent   []float32 `json:"latent"`
}

// mostFound bounds how many pictures are found at once, all of which are on one page.
const mostFound = 64

// Run finds the nearest items to some pictures.
func (c findCmd) Run(ctx context.Context, env *Env) error {
	if err := setThreads(c.Threads); err != nil {
		return err
	}
	if c.Steps < 0 || c.Steps > 100_000 || c.HeldOut < 0 || c.HeldOut > 1000 {
		return usageError{fmt.Errorf("find: choose 1 to 100,000 --steps, and --held-out 0 to 1,000")}
	}
	if err := refuseToReplace(c.Out, c.Force); err != nil {
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
	targets, names, err := inversion.Pictures(ctx, c.Pictures, session.DataOptions(source.Recipe), g, mostFound)
	if err != nil {
		return err
	}
	most := c.most()
	p := startProgress(env, "find", "step", 0, most, nil)
	search := latent.Search{Seed: c.Seed, Steps: c.Steps, Progress: func(step int, _ []latent.Found) { p.set(int64(step), most, 0, "") }}
	found, err := latent.Find(ctx, g, targets, len(names), search)
	p.finish()
	if err != nil {
		return err
	}
	held, err := c.compare(ctx, env, source, g)
	if err != nil {
		return err
	}
	if err := writeFile(c.Out, c.Force, func(w io.Writer) error { return c.write(env, w, source, g, targets, found) }); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(env.Stdout, allFound(names, found, held))
	}
	return printFound(env, g, source.Classes, names, found, held)
}

// most is how many steps the search takes at most.
func (c findCmd) most() int64 { return int64(cmp.Or(c.Steps, latent.MostSteps)) }

// compare finds held-out pictures, too; none where the data cannot be read, which it says.
func (c findCmd) compare(ctx context.Context, env *Env, source *export.Source, g *gan.Generator) ([]float64, error) {
	if c.HeldOut == 0 {
		return nil, nil
	}
	r := source.Recipe
	set, err := datasets.Set(nil), session.MayRead(c.File, r)
	if err != nil && !c.Read {
		fmt.Fprintf(env.Stderr, "ganvas: note: without pictures held out to compare with: %s (find --yes-data)\n", oneLine(err.Error()))
		return nil, nil
	}
	if set, err = openData(ctx, env, r.Data, session.DataOptions(r)); err != nil {
		fmt.Fprintf(env.Stderr, "ganvas: note: without pictures held out to compare with: %s\n", oneLine(err.Error()))
		return nil, ctx.Err()
	}
	session.RememberRead(r)
	most := c.most()
	p := startProgress(env, "find held-out pictures", "step", 0, most, nil)
	defer p.finish()
	search := latent.Search{Seed: c.Seed, Steps: c.Steps, Progress: func(step int, _ []latent.Found) { p.set(int64(step), most, 0, "") }}
	return inversion.HeldOut(ctx, g, set, r.HeldOut, c.HeldOut, search)
}

// write draws each picture with what was found beside it.
func (c findCmd) write(env *Env, w io.Writer, source *export.Source, g *gan.Generator, targets []float32, found []latent.Found) error {
	shape := g.Out()
	size := shape.Size()
	var pictures []image.Image
	var items []provenance.Item
	for i, f := range found {
		pictures = append(pictures, datasets.ToImage(targets[i*size:(i+1)*size], shape[0], shape[1], shape[2]),
			datasets.ToImage(f.Item, shape[0], shape[1], shape[2]))
		items = append(items, provenance.Item{Latent: f.Z, Class: f.Class, Maker: f.Part})
	}
	scale := min(8, max(1, 1000/(max(2, len(found))*shape[1])))
	img, err := gallery.Images(pictures, shape, gallery.Options{Rows: len(found), Columns: 2, Scale: scale, Spacing: 1})
	if err != nil {
		return err
	}
	var r *provenance.Record
	if !c.Plain {
		r = provenance.New(source.Provenance(env.Version, c.Raw), g).OfItems(items...)
	}
	return provenance.Encode(w, img, r, 0)
}

func allFound(names []string, found []latent.Found, held []float64) findings {
	out := findings{Found: []finding{}, HeldOut: append([]float64{}, held...)}
	for i, f := range found {
		one := finding{Picture: names[i], Distance: f.Distance, Latent: f.Z}
		if f.Class >= 0 {
			one.Class = &f.Class
		}
		out.Found = append(out.Found, one)
	}
	return out
}

// printFound prints how near the generator comes to each picture, and to held-out ones.
func printFound(env *Env, g *gan.Generator, classes, names []string, found []latent.Found, held []float64) error {
	head := []string{"PICTURE", "DISTANCE"}
	if g.Classes() > 0 {
		head = append(head, "CLASS")
	}
	rows := [][]string{head}
	for i, f := range found {
		row := []string{cell(names[i]), words.Significant(f.Distance, 3)}
		if g.Classes() > 0 {
			class := strconv.Itoa(f.Class)
			if f.Class < len(classes) {
				class = cell(classes[f.Class])
			}
			row = append(row, class)
		}
		rows = append(rows, row)
	}
	if err := printTable(env.Stdout, rows); err != nil || len(held) == 0 {
		return err
	}
	_, err := fmt.Fprintf(env.Stdout, "%s that the run has not seen: %s, half of them up to %s\n", words.Counted(len(held), "picture"),
		words.Significant(held[0], 3)+" to "+words.Significant(held[len(held)-1], 3), words.Significant(held[len(held)/2], 3))
	return err
}
