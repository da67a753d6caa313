package export

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/widgets"
)

// A choiceDialog says what an export is and asks for what can be chosen of it.
type choiceDialog struct {
	*Window
	entry  Entry
	run    *studio.Run
	about  ui.Subject
	offers []offer

	runs, steps, parts, weights, formats *widgets.Select
	form                                 *fyne.Container
	hint                                 *ui.Note
	dialog                               *dialog.CustomDialog
	export                               *widgets.TippedButton
	settled                              bool // the choices stand: before, they call nothing
}

// Start opens the dialog of an entry.
func (w *Window) Start(e Entry) {
	if why := e.Lacks(w.S); why != "" {
		w.S.Warn("There is nothing to export yet: " + why + ".")
		return
	}
	if e.Own != nil {
		e.Own(w)
		return
	}
	d := &choiceDialog{Window: w, entry: e, run: w.S.Run, about: w.S.ThisRun()}
	w.S.Jobs.Start(func(context.Context) (err error) {
		d.offers, err = readOffers(d.run)
		return err
	}, func(err error) {
		switch {
		case !d.about():
		case err != nil:
			d.run.Fail(err)
		default:
			d.show()
		}
	})
}

// The weights of a generator that can be chosen.
const averagedWeights, trainedWeights = "Averaged (EMA)", "As trained"

// show opens the dialog.
func (d *choiceDialog) show() {
	d.form = container.NewVBox()
	var titles, parts []string
	for _, o := range d.offers {
		titles = append(titles, o.title)
	}
	if d.entry.Asks.Runs == AllRuns {
		titles = slices.Insert(titles, 0, "All runs of the project")
	}
	for _, p := range d.entry.Asks.Parts {
		parts = append(parts, p.Title)
	}
	d.runs = d.add("Run", "Which run of the project", titles, len(d.offers) > 1)
	d.steps = d.add("Step", "The run as it is now, or as it was saved", nil, d.entry.Asks.Step)
	d.parts = d.add("Network", "What of the game is written", parts, len(parts) > 1)
	d.weights = d.add("Weights", "The average over the last steps makes better samples; as trained are those that play", []string{averagedWeights, trainedWeights}, len(parts) > 0 && slices.ContainsFunc(d.offers, func(o offer) bool { return o.averaged }))
	d.formats = d.add("Format", "PNG for pages, SVG and PDF at any size, CSV the numbers", upper(d.entry.Asks.Formats), len(d.entry.Asks.Formats) > 0)
	d.hint = ui.NewNote("")
	d.export = ui.DialogButton("Export…", theme.DocumentSaveIcon(), d.ask)
	d.export.Importance = widget.HighImportance
	box := container.NewVBox(ui.NewText(d.entry.About), d.form, d.hint)
	d.dialog = ui.NewDialog("Export: "+d.entry.Name, widgets.WithTips(ui.WithWidth(440, box)), d.Host.Window())
	ui.SetButtons(d.dialog, ui.DialogButton("Cancel", theme.CancelIcon(), d.dialog.Hide), d.export)
	d.settled = true
	d.chosenRun()
	d.Host.Present(d.dialog, d.about)
	d.Host.Window().Canvas().Focus(d.export)
}

// add adds a row to the form, which is hidden where nothing is to be chosen in it.
func (d *choiceDialog) add(title, tip string, options []string, shown bool) *widgets.Select {
	s := widgets.NewSelect(options, nil)
	if len(options) > 0 {
		s.SetSelectedIndex(0)
	}
	s.OnChanged = func(string) {
		switch {
		case !d.settled:
		case s == d.runs:
			d.chosenRun()
		default:
			d.refresh()
		}
	}
	row := container.New(ui.Columns{80, 1}, ui.NewLine(title), widgets.Tip(s, tip))
	row.Hidden = !shown
	d.form.Add(row)
	return s
}

// upper writes formats as people do.
func upper(formats []string) []string {
	var list []string
	for _, f := range formats {
		list = append(list, strings.ToUpper(f))
	}
	return list
}

// offer returns the run that was chosen, nil for all of them.
func (d *choiceDialog) offer() *offer {
	i := d.runs.SelectedIndex()
	if d.entry.Asks.Runs == AllRuns {
		i--
	}
	if i < 0 {
		return nil
	}
	return &d.offers[i]
}

// moment returns the step that was chosen.
func (d *choiceDialog) moment() moment {
	o, i := d.offer(), d.steps.SelectedIndex()
	if o == nil || i < 0 || i >= len(o.moments) {
		return moment{step: -1}
	}
	return o.moments[i]
}

// part returns the part that was chosen.
func (d *choiceDialog) part() Part {
	if i := d.parts.SelectedIndex(); i >= 0 {
		return d.entry.Asks.Parts[i]
	}
	return Part{}
}

// chosenRun offers the steps of the run that was chosen.
func (d *choiceDialog) chosenRun() {
	var titles []string
	if o := d.offer(); o != nil {
		for _, m := range o.moments {
			titles = append(titles, m.title)
		}
	}
	d.settled = false
	d.steps.SetOptions(titles)
	if len(titles) > 0 {
		d.steps.SetSelectedIndex(0)
	}
	d.settled = true
	d.refresh()
}

// refresh says what is not possible, and what is not written.
func (d *choiceDialog) refresh() {
	o := d.offer()
	ui.SetEnabled(d.weights, o != nil && o.averaged && d.part() == generator)
	problem := ""
	switch {
	case o == nil:
	case d.entry.Asks.Step && len(o.moments) == 0:
		problem = "Nothing of this run was saved: choose another"
	case len(d.entry.Asks.Parts) > 0:
		problem = o.problem(d.moment(), d.part(), d.raw())
	}
	ui.SetEnabled(d.export, problem == "")
	switch {
	case problem != "":
	case d.entry.Asks.Saved:
		problem = d.missing()
	case d.entry.Asks.Folders:
		problem = o.names()
	}
	d.hint.Set(problem)
}

// names says that the recipe of the run names folders; "": it names none.
func (o *offer) names() string {
	if !o.folders {
		return ""
	}
	return "It says in which folder of this computer your data lie. The recipe in a picture does not: “ganvas export recipe picture.png” writes that one."
}

// missing says what is not written yet, as it was not saved.
func (d *choiceDialog) missing() string {
	if o := d.offer(); o != nil {
		return o.missing
	}
	return d.offers[0].missing
}

// raw tells whether the generator that plays is wanted.
func (d *choiceDialog) raw() bool {
	return !d.weights.Disabled() && d.weights.Selected == trainedWeights
}

// ask has the user name a place, and writes it.
func (d *choiceDialog) ask() {
	choice, called := Choice{Step: d.moment().step, Part: d.part().Part, Raw: d.raw()}, d.entry.Called
	if o := d.offer(); o != nil {
		choice.Run = o.id
	}
	if i := d.formats.SelectedIndex(); i >= 0 {
		choice.Format = d.entry.Asks.Formats[i]
	}
	if called == "" {
		called = d.part().Called
	}
	d.dialog.Hide()
	write := func(path string) { d.write(d.entry, d.newJob(d.run, path, choice)) }
	title, name := "Export "+d.entry.Name+" as", nameOf(d.run)+"-"+called
	if d.entry.Extension == "" {
		d.Host.AskNewFolder(d.about, title, "export", name, write)
		return
	}
	d.Host.AskSave(d.about, title, "export", name, d.entry.Extension, write)
}

// nameOf is what files of a run's project are called after.
func nameOf(r *studio.Run) string {
	if r.Session.Draft() {
		return studio.GivenName(r.Recipe)
	}
	return strings.TrimSuffix(filepath.Base(r.Session.Path()), studio.ProjectExtension)
}
