package export

import (
	"context"
	"io"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/settings"
	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/datasets"
	"ganvas/engine/samples"
	"ganvas/widgets"
)

// A samplesDialog asks for many samples in a form that other programs read, and writes them.
type samplesDialog struct {
	s        *studio.Studio
	host     ui.Host
	run      *studio.Run
	dialog   *dialog.CustomDialog
	forms    []sampleForm // that there are for the run
	numbers  *fields
	form     *widgets.Select
	class    *widgets.Select // not shown where the generator is told no classes
	weights  *widgets.Check
	remember remember
	note     *ui.Note
	export   *widgets.TippedButton
}

// A sampleForm is a form in which samples are written.
type sampleForm struct {
	title, note string
	ending      string // of the file; "": it is a folder
	byClass     bool
}

// The forms of samples.
var (
	inFolder  = sampleForm{title: "Pictures in a folder", note: "A PNG file for each."}
	byClass   = sampleForm{title: "Pictures in a folder for each class", note: "As many of each class, in folders that are called as the classes are: Ganvas and other programs read them as labels.", byClass: true}
	asArray   = sampleForm{title: "One array (NPY)", note: "For NumPy: 32-bit numbers, pictures as (n, height, width, channels) from −1 to 1, points as (n, 2).", ending: ".npy"}
	asTable   = sampleForm{title: "One table (CSV)", note: "A line of numbers for each.", ending: ".csv"}
	ofPoints  = []sampleForm{asTable, asArray}
	ofPicture = []sampleForm{inFolder, byClass, asArray, asTable}
)

// sampleNumbers are the numbers of the dialog.
var sampleNumbers = []number{
	{"count", "Samples", "How many", 100, 1, 100_000_000},
	{"seed", "Seed", "The same seed gives the same samples", 1, 0, 1<<63 - 1},
}

// everyClass is the choice of all classes.
const everyClass = "Every class"

// Samples opens the dialog. What was chosen in it is remembered.
func Samples(s *studio.Studio, host ui.Host, prefs settings.Preferences) {
	if nothingMade(s) {
		return
	}
	d := &samplesDialog{s: s, host: host, run: s.Run, remember: newRemember(prefs), note: ui.NewNote("")}
	classes := s.Run.Session.Classes()
	for _, f := range map[datasets.Kind][]sampleForm{datasets.Pictures: ofPicture, datasets.Points: ofPoints}[s.Run.Kind()] {
		if len(classes) > 0 || !f.byClass {
			d.forms = append(d.forms, f)
		}
	}
	var titles []string
	for _, f := range d.forms {
		titles = append(titles, f.title)
	}
	box := container.NewVBox()
	d.numbers = newFields(host, prefs, "samples", sampleNumbers, box, d.refresh, d.ask)
	d.form = widgets.NewSelect(titles, nil)
	d.form.SetSelectedIndex(0)
	d.form.OnChanged = func(string) { d.refresh() }
	box.Add(labelled("As", "The form in which they are written", d.form))
	d.class = widgets.NewSelect(append([]string{everyClass}, classes...), nil)
	d.class.SetSelectedIndex(0)
	class := labelled("Class", "The class of the samples", d.class)
	ui.SetShown(class, len(classes) > 0)
	box.Add(class)
	d.weights = newWeights(s, func() {})
	box.Add(d.weights)
	box.Add(d.remember.Check)
	box.Add(container.New(ui.FixedHeight(64), d.note))
	d.export = ui.DialogButton("Export…", theme.DocumentSaveIcon(), d.ask)
	d.export.Importance = widget.HighImportance
	d.dialog = ui.NewDialog("Export samples", ui.WithWidth(400, widgets.WithTips(box)), host.Window())
	ui.SetButtons(d.dialog, ui.DialogButton("Cancel", theme.CancelIcon(), d.dialog.Hide), d.export)
	d.refresh()
	host.Present(d.dialog, s.ThisRun())
	host.Window().Canvas().Focus(d.numbers.entries[0])
}

// chosen is the form that is chosen.
func (d *samplesDialog) chosen() sampleForm { return d.forms[d.form.SelectedIndex()] }

// refresh shows what belongs to the form that is chosen.
func (d *samplesDialog) refresh() {
	f := d.chosen()
	ui.SetEnabled(d.remember, f.ending == "")
	if f.byClass {
		d.class.SetSelectedIndex(0)
	}
	ui.SetEnabled(d.class, !f.byClass)
	_, err := d.numbers.values()
	ui.SetEnabled(d.export, err == nil)
	if d.note.Set(f.note); err != nil {
		d.note.Set(words.Sentence(err.Error()))
	}
}

// ask has the user name a place, and writes the samples.
func (d *samplesDialog) ask() {
	v, err := d.numbers.values()
	if err != nil {
		d.refresh()
		return
	}
	about := d.s.ThisRun()
	d.dialog.Hide()
	d.numbers.keep()
	f := d.chosen()
	w := &sampling{
		s: d.s, run: d.run, form: f, maker: maker{d.weights.Checked, d.class.SelectedIndex() - 1}, made: d.remember.Checked,
		options: samples.Options{N: int(v["count"]), Seed: v["seed"], Fewer: "choose fewer, or another disk"},
	}
	name := studio.GivenName(d.run.Recipe) + " samples"
	if f.ending != "" {
		d.host.AskSave(about, "Export the samples as", "export", name, f.ending, w.file)
		return
	}
	d.remember.take()
	d.host.AskNewFolder(about, "Export the samples as", "export", strings.ReplaceAll(name, string(filepath.Separator), "-"), w.folder)
}

// A sampling is samples that are to be written.
type sampling struct {
	s       *studio.Studio
	run     *studio.Run
	form    sampleForm
	maker   maker
	made    bool // pictures say how they were made
	options samples.Options
}

const writingSamples = "Writing samples"

// file writes a file.
func (w *sampling) file(path string) {
	writeFile(w.s, writingSamples, path, func(ctx context.Context, report func(done, total int), out io.Writer) error {
		g, _ := w.maker.now(w.run)
		o := w.options
		o.Done = func(items int) { report(items, o.N) }
		if w.form.ending == asArray.ending {
			return o.NPY(ctx, path, out, g)
		}
		if a, ok := w.run.Data.(datasets.Affine); ok && !g.Out().Picture() {
			o.Scale, o.Offset = a.Affine()
		}
		return o.CSV(ctx, path, out, g)
	})
}

// folder writes a new folder.
func (w *sampling) folder(path string) {
	if waits(w.s, path, func() { w.folder(path) }) {
		return
	}
	w.s.Work.RunExport(writingSamples, func(ctx context.Context, report func(done, total int)) (err error) {
		g, step := w.maker.now(w.run)
		o := w.options
		o.Done = func(items int) { report(items, o.N) }
		if w.form.byClass {
			if o.Folders, err = samples.ClassFolders(g, w.run.Session.Classes()); err != nil {
				return err
			}
		}
		if w.made {
			from, err := w.run.Provenance(step, w.maker.averaged)
			if err != nil {
				return err
			}
			o.From = &from
		}
		return o.Folder(ctx, path, g)
	}, func(err error) { written(w.s, path, err) })
}
