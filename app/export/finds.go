package export

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"io"

	"fyne.io/fyne/v2/container"

	"ganvas/app/settings"
	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/datasets"
	"ganvas/engine/ckpt"
	"ganvas/engine/gallery"
	"ganvas/engine/gan"
	"ganvas/engine/nn"
	"ganvas/engine/provenance"
	"ganvas/widgets"
)

// A findsDialog asks for the looks of a gallery of the finds that are kept in the project, shows
// it, and writes it.
type findsDialog struct {
	*preview
	prefs    settings.Preferences
	run      *studio.Run
	finds    finds
	numbers  *fields
	when     *widgets.Select
	labels   *widgets.Check
	remember remember
}

// finds are the latents of a gallery, with the pictures that were kept with them.
type finds struct {
	latents  []ckpt.Latent
	pictures []image.Image
	item     nn.Shape
	left     int // how many others there are, that another generator made
}

// findNumbers are the numbers of the dialog.
var findNumbers = []number{
	{"columns", "Columns", "Pictures from left to right", 4, 1, 100},
	{"scale", "Scale", "Pixels of the file for each pixel of a picture", 4, 1, 32},
	{"spacing", "Spacing", "Pixels between two pictures, before scaling", 2, 0, 64},
}

// Finds opens the dialog. What was chosen in it is remembered.
func Finds(s *studio.Studio, host ui.Host, prefs settings.Preferences) {
	if nothingMade(s) {
		return
	}
	r := s.Run
	about := s.ThisRun()
	var f finds
	s.Jobs.Start(func(context.Context) error {
		all, err := r.Session.Latents()
		if err == nil {
			f = pictured(all, r.Session.Generator(true))
		}
		return err
	}, func(err error) {
		switch {
		case !about():
		case err != nil:
			r.Fail(err)
		case s.Run.Kind() != datasets.Pictures:
			s.Warn("A gallery of what was saved is for pictures. Of points, File ▸ Export ▸ Gallery writes a plot.")
		case len(f.latents) == 0:
			s.Warn("Nothing is saved yet: on the Explore page, Save this one keeps what you found.")
		default:
			openFinds(s, host, prefs, f)
		}
	})
}

// pictured returns the finds that a generator can make, with their pictures.
func pictured(all []ckpt.Latent, g *gan.Generator) (f finds) {
	f.item = g.Out()
	for _, l := range all {
		img, err := png.Decode(bytes.NewReader(l.Thumb))
		if err != nil || len(l.Points) > 0 || len(l.Z) != g.Latent() || l.Class >= max(1, g.Classes()) || l.Part >= g.Count() {
			f.left++
			continue
		}
		f.latents, f.pictures = append(f.latents, l), append(f.pictures, img)
	}
	return f
}

func openFinds(s *studio.Studio, host ui.Host, prefs settings.Preferences, f finds) {
	d := &findsDialog{preview: newPreview(s, host), prefs: prefs, run: s.Run, finds: f, remember: newRemember(prefs)}
	form := container.NewVBox()
	d.numbers = newFields(host, prefs, "finds", findNumbers, form, d.redraw, d.ask)
	d.when = widgets.NewSelect([]string{"As saved", "As now"}, nil)
	d.when.SetSelectedIndex(0)
	d.when.OnChanged = func(string) { d.redraw() }
	form.Add(labelled("Show", "The pictures that were saved, or what the generator makes of their latents now", d.when))
	d.labels = widgets.NewCheck("Numbers under the pictures", func(bool) { d.redraw() })
	d.labels.Checked = prefs.Bool("finds.labels")
	form.Add(d.labels)
	form.Add(d.remember.Check)
	d.show("Export a gallery of finds", "Export…", form, d.numbers.entries[0], d.ask)
	d.redraw()
}

// options reads the form; the error says what is not possible.
func (d *findsDialog) options() (gallery.Options, error) {
	v, err := d.numbers.values()
	if err != nil {
		return gallery.Options{}, err
	}
	n := len(d.finds.latents)
	columns := min(int(v["columns"]), n)
	return gallery.Options{
		Columns: columns, Rows: (n + columns - 1) / columns, Count: n,
		Scale: int(v["scale"]), Spacing: int(v["spacing"]), Labels: d.labels.Checked,
	}, nil
}

// now tells whether today's pictures are wanted.
func (d *findsDialog) now() bool { return d.when.SelectedIndex() == 1 }

// redraw shows the gallery as it will be.
func (d *findsDialog) redraw() {
	o, err := d.options()
	if err != nil {
		d.refuse(err)
		return
	}
	now := d.now()
	d.draw(func(ctx context.Context) (image.Image, string, error) {
		img, _, err := d.finds.draw(ctx, d.run, o, now, func(int) {})
		if err != nil {
			return nil, "", err
		}
		note := pixels(img.Rect.Dx(), img.Rect.Dy())
		if d.finds.left > 0 {
			note += fmt.Sprintf(". %s by another generator, or saved without a picture, are left out", words.Counted(d.finds.left, "other"))
		}
		return img, note, nil
	})
}

// draw draws the gallery with the pictures as they were saved or as they are now, and says how they
// were made.
func (f finds) draw(ctx context.Context, r *studio.Run, o gallery.Options, now bool, drawn func(n int)) (*image.RGBA, func() (*provenance.Record, error), error) {
	g, step := r.Session.GeneratorNow(true)
	pictures := f.pictures
	var items []provenance.Item
	if now {
		pictures = nil
	}
	for i, l := range f.latents {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		item := studio.FindItem(l)
		if now {
			g.Choose(l.Class, l.Part)
			pictures = append(pictures, datasets.ToImage(g.Render(l.Z, 1), f.item[0], f.item[1], f.item[2]))
			item.Run, item.Step = 0, nil
		}
		items = append(items, item)
		drawn(i + 1)
	}
	record := func() (*provenance.Record, error) {
		from, err := r.Provenance(step, true)
		if err != nil {
			return nil, err
		}
		made := provenance.New(from, g).OfItems(items...)
		if made.Columns = o.Columns; !now {
			made.Weights = "" // they are of steps of the past
		}
		return made, nil
	}
	img, err := gallery.Images(pictures, f.item, o)
	return img, record, err
}

// ask has the user name a file, and writes it.
func (d *findsDialog) ask() {
	o, err := d.options()
	if err != nil {
		d.refuse(err)
		return
	}
	about := d.s.ThisRun()
	d.dialog.Hide()
	d.numbers.keep()
	d.prefs.SetBool("finds.labels", d.labels.Checked)
	now, made := d.now(), d.remember.take()
	d.host.AskSave(about, "Export the gallery as", "export", studio.GivenName(d.run.Recipe)+" finds", ".png", func(path string) {
		writeFile(d.s, "Writing the gallery", path, func(ctx context.Context, report func(done, total int), w io.Writer) error {
			img, record, err := d.finds.draw(ctx, d.run, o, now, func(n int) { report(n, len(d.finds.latents)) })
			if err != nil || !made {
				return encode(w, img, nil, err)
			}
			r, err := record()
			return encode(w, img, r, err)
		})
	})
}

// encode writes a picture, unless there was an error before.
func encode(w io.Writer, img image.Image, r *provenance.Record, err error) error {
	if err != nil {
		return err
	}
	return provenance.Encode(w, img, r, 0)
}
