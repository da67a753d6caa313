package export

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"ganvas/app/internal/apptest"
	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/app/ui/uitest"
	"ganvas/engine/ckpt"
	engine "ganvas/engine/export"
	"ganvas/engine/export/charts"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
	"ganvas/widgets"
)

// averagedDigits is a run of pictures with an averaged generator.
var averagedDigits = strings.Replace(apptest.Digits, "latent = 8", "latent = 8\nema = 0.9", 1)

// A desk is a Window whose host answers by itself.
type desk struct {
	*uitest.Rig
	w   *Window
	t   *testing.T
	dir string // empty at first
}

// newDesk returns a desk of a run that has done its steps.
func newDesk(t *testing.T, recipe string) *desk {
	t.Helper()
	r := uitest.Start(t, nil)
	r.Ready(recipe)
	r.Train()
	return &desk{r, &Window{S: r.S, Host: r.Host, Prefs: r.Prefs(), Version: "1.2.3"}, t, t.TempDir()}
}

func entryCalled(t *testing.T, name string) Entry {
	t.Helper()
	i := slices.IndexFunc(Entries(), func(e Entry) bool { return e.Name == name })
	if i < 0 {
		t.Fatalf("there is no export %q", name)
	}
	return Entries()[i]
}

// dialog opens the dialog of an entry, and chooses titles in the fields that it shows.
func (d *desk) dialog(e Entry, chosen ...string) {
	d.t.Helper()
	d.w.Start(e)
	d.Until("the dialog is open", func() bool { return d.Host.Dialog() != nil })
	for _, title := range chosen {
		found := false
		for _, s := range uitest.FindAll[*widgets.Select](d.Host.Dialog()) {
			if slices.Contains(s.Options, title) {
				s.SetSelected(title)
				found = true
			}
		}
		if !found {
			d.t.Fatalf("%s: nothing offers %q", e.Name, title)
		}
	}
}

// export exports to a name in the desk's folder, and returns what was said then.
func (d *desk) export(name string) string {
	d.t.Helper()
	d.Host.Path = filepath.Join(d.dir, name)
	d.Said = studio.Message{}
	test.Tap(d.Button("Export…"))
	d.Until("the export has ended", func() bool { return !d.S.Work.Busy() && (d.Said.Text != "" || len(d.Host.Failed) > 0) })
	return d.Said.Text
}

func (d *desk) read(name string) []byte {
	d.t.Helper()
	b, err := os.ReadFile(filepath.Join(d.dir, name))
	if err != nil {
		d.t.Fatal(err)
	}
	return b
}

// names lists the desk's folder.
func (d *desk) names() (names []string) {
	d.t.Helper()
	list, err := os.ReadDir(d.dir)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, e := range list {
		names = append(names, e.Name())
	}
	return names
}

// TestModels: what a dialog writes of a network is what the engine writes of the project, byte for
// byte, and its weights are those of the session.
func TestModels(t *testing.T) {
	d := newDesk(t, averagedDigits)
	saved, err := engine.Open(d.S.Run.Session.Path(), 0, -1)
	if err != nil {
		t.Fatal(err)
	}
	want := filepath.Join(t.TempDir(), "want")
	for _, c := range []struct {
		entry  string
		chosen []string
		part   engine.Part
		raw    bool
	}{
		{"Web page", nil, "g", false},
		{"Web page", []string{trainedWeights}, "g", true},
		{"ONNX", nil, "g", false},
		{"ONNX", []string{trainedWeights}, "g", true},
		{"ONNX", []string{discriminator.Title}, "d", false},
		{"safetensors", nil, "g", false},
		{"safetensors", []string{bothPlayers.Title}, "", false},
	} {
		d.dialog(entryCalled(t, c.entry), c.chosen...)
		said := d.export("model")
		if !strings.HasPrefix(said, "Saved model (") || !strings.Contains(said, "step 6, in "+d.dir) {
			t.Errorf("%s %q: says %q", c.entry, c.part, said)
		}
		o := engine.Options{Version: "1.2.3", Replace: true, Raw: c.raw}
		write := map[string]func(context.Context, string, engine.Part, engine.Options) error{
			"ONNX": saved.ONNX, "safetensors": saved.Safetensors,
			"Web page": func(ctx context.Context, path string, _ engine.Part, o engine.Options) error {
				return saved.Web(ctx, path, o)
			},
		}[c.entry]
		if err := write(t.Context(), want, c.part, o); err != nil {
			t.Fatal(err)
		}
		if wanted, err := os.ReadFile(want); err != nil || !bytes.Equal(d.read("model"), wanted) {
			t.Errorf("%s %q, as trained %v: other bytes than the engine writes: %v", c.entry, c.part, c.raw, err)
		}
	}
	got, err := ckpt.DecodeSafetensors(d.read("model"))
	if err != nil {
		t.Fatal(err)
	}
	for _, player := range []string{"g", "d", "ema"} {
		if !session.Holds(got, player) {
			t.Errorf("the weights of all lack %s", player)
		}
	}
}

// TestRecords: charts, metrics, recipe and event files are there whole.
func TestRecords(t *testing.T) {
	d := newDesk(t, averagedDigits)
	d.dialog(entryCalled(t, "Metrics"))
	d.export("m.csv")
	lines, err := csv.NewReader(bytes.NewReader(d.read("m.csv"))).ReadAll()
	if err != nil || len(lines) < 1+6 || lines[0][0] != "step" {
		t.Errorf("the metrics are %q, %v", lines, err)
	}
	d.dialog(entryCalled(t, "Recipe"))
	d.export("r.toml")
	if r, err := recipe.Parse(d.read("r.toml"), "r.toml"); err != nil || !r.Equal(d.S.Run.Recipe) {
		t.Errorf("the recipe is another: %v", err)
	}
	for _, format := range charts.Formats() {
		d.dialog(entryCalled(t, "Charts"), strings.ToUpper(format))
		d.export("charts-" + format)
		if b := d.read("charts-" + format + "/losses." + format); len(b) == 0 {
			t.Errorf("the chart of losses is empty as %s", format)
		}
	}
	if _, err := png.Decode(bytes.NewReader(d.read("charts-png/losses.png"))); err != nil {
		t.Error(err)
	}
	d.dialog(entryCalled(t, "TensorBoard"))
	d.export("logs")
	if files, err := filepath.Glob(filepath.Join(d.dir, "logs", "run-1", "events.*")); err != nil || len(files) != 1 {
		t.Errorf("the event files are %q, %v", files, err)
	}
}

// TestOtherRun exports from a run that is not open, and from one of which the generator alone is
// kept.
func TestOtherRun(t *testing.T) {
	d := newDesk(t, averagedDigits)
	before := d.S.Run.Session.State().SHA256()
	other := d.S.Plan.Now().Clone()
	other.Batch = 5
	d.S.Plan.Edit(other, "test", false)
	d.Until("the plan stands", func() bool { return d.S.Reason == "" })
	d.S.Training.Replace((*session.Session).Train)
	d.Until("the new run has ended", func() bool {
		return !d.S.Work.Busy() && d.S.Run.Session.RunID() == 2 && d.S.Status.Step == 6 && !d.S.Status.Running
	})
	first := "1  tiny-digits"
	d.dialog(entryCalled(t, "safetensors"), first, "Step 6, saved", bothPlayers.Title)
	d.export("w")
	old, err := engine.Open(d.S.Run.Session.Path(), 1, -1)
	if err != nil || old.State().SHA256() != before {
		t.Fatalf("run 1 is no longer as it was: %v", err)
	}
	want := filepath.Join(t.TempDir(), "want")
	if err := old.Safetensors(t.Context(), want, "", engine.Options{Version: "1.2.3"}); err != nil {
		t.Fatal(err)
	}
	if wanted, err := os.ReadFile(want); err != nil || !bytes.Equal(d.read("w"), wanted) {
		t.Errorf("the weights are not those of run 1: %v", err)
	}
	o := &offer{averaged: true}
	thinned := moment{thinned: true}
	for _, c := range []struct {
		part Part
		raw  bool
		want string
	}{{generator, false, ""}, {generator, true, "averaged generator alone"}, {discriminator, false, "generator alone"}, {bothPlayers, false, ""}} {
		if got := o.problem(thinned, c.part, c.raw); (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("%s, as trained %v: %q, want %q", c.part.Title, c.raw, got, c.want)
		}
	}
}

// TestWhileTraining: training goes on, the file says of which step it is, and the dialog what is
// not saved yet.
func TestWhileTraining(t *testing.T) {
	r := uitest.Start(t, nil)
	r.Ready(strings.Replace(apptest.Points, "steps = 40", "steps = 100000000", 1))
	d := &desk{r, &Window{S: r.S, Host: r.Host, Prefs: r.Prefs()}, t, t.TempDir()}
	r.S.Training.Start((*session.Session).Train)
	r.Until("it trains", func() bool { return r.S.Status.Running && r.S.Status.Step > 20 })
	d.dialog(entryCalled(t, "Metrics"))
	if hint := d.hint(); !strings.Contains(hint, "Up to step 0, the last save; training is at step ") {
		t.Errorf("the dialog says %q of what is not saved", hint)
	}
	r.Host.Dismiss()
	d.dialog(entryCalled(t, "safetensors"))
	if s := uitest.FindAll[*widgets.Select](r.Host.Dialog())[0]; !strings.HasPrefix(s.Selected, "As it is when it is written (now step ") {
		t.Errorf("the step is %q", s.Selected)
	}
	d.export("w")
	got, err := ckpt.DecodeSafetensors(d.read("w"))
	if err != nil || got.Meta["ganvas.step"] == "0" {
		t.Errorf("the file is of step %q, %v", got.Meta["ganvas.step"], err)
	}
	if !r.S.Run.Session.Status().Running {
		t.Error("training has ended")
	}
}

// hint is what the open dialog says below what is chosen.
func (d *desk) hint() (text string) {
	for _, n := range uitest.FindAll[*ui.Note](d.Host.Dialog()) {
		text += n.Segment.Text
	}
	return text
}

// TestRefused: what cannot be written is said with a remedy, and nothing is left of it.
func TestRefused(t *testing.T) {
	d := newDesk(t, averagedDigits)
	if err := os.Mkdir(filepath.Join(d.dir, "there"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ entry, name, want string }{
		{"ONNX", "no/x.onnx", "create it first, or choose another"},
		{"safetensors", "there", "it is a folder: choose another name"},
		{"Metrics", "no/m.csv", "create it first, or choose another"},
		{"Recipe", "there", "it is a folder: choose another name"},
		{"Charts", "there", "choose the name of a new folder"},
		{"TensorBoard", "there", "choose the name of a new folder"},
	} {
		d.dialog(entryCalled(t, c.entry))
		d.export(c.name)
		if failed := d.Host.Failed; len(failed) != 1 || !strings.Contains(failed[0].Error(), c.want) {
			t.Errorf("%s to %s: %v, want %q", c.entry, c.name, failed, c.want)
		}
		d.Host.Failed = nil
		if got := d.names(); !slices.Equal(got, []string{"there"}) {
			t.Errorf("%s left %q", c.entry, got)
		}
	}
}

// TestStopped: an export that is stopped leaves nothing and says so; one that is stopped too late
// is there.
func TestStopped(t *testing.T) {
	d := newDesk(t, averagedDigits)
	for _, name := range []string{"ONNX", "safetensors", "Metrics", "Charts", "TensorBoard"} {
		e, write := entryCalled(t, name), entryCalled(t, name).Write
		begun := make(chan struct{})
		e.Write = func(ctx context.Context, j *Job) ([]string, error) {
			close(begun)
			<-ctx.Done()
			return write(ctx, j)
		}
		d.stop(e, begun)
		if got := d.names(); len(got) > 0 || !strings.Contains(d.Said.Text, "was not written") {
			t.Errorf("%s: left %q and said %q", name, got, d.Said.Text)
		}
	}
	e, write := entryCalled(t, "ONNX"), entryCalled(t, "ONNX").Write
	begun := make(chan struct{})
	e.Write = func(ctx context.Context, j *Job) ([]string, error) {
		defer func() { <-ctx.Done() }()
		defer close(begun)
		return write(ctx, j)
	}
	if d.stop(e, begun); !strings.HasPrefix(d.Said.Text, "Saved ") {
		t.Errorf("stopped too late it says %q", d.Said.Text)
	}
}

// stop exports and cancels that once it has begun.
func (d *desk) stop(e Entry, begun chan struct{}) {
	d.t.Helper()
	d.dialog(e)
	d.Host.Path, d.Said = filepath.Join(d.dir, "out"), studio.Message{}
	test.Tap(d.Button("Export…"))
	<-begun
	d.S.Work.Stop()
	d.Until("it has ended", func() bool { return d.Said.Text != "" })
}

// TestLacks: what is missing before something can be exported is said.
func TestLacks(t *testing.T) {
	r := uitest.Start(t, nil)
	w := &Window{S: r.S, Host: r.Host, Prefs: r.Prefs()}
	for _, e := range Entries() {
		if w.Start(e); !r.Said.Warning || !strings.Contains(r.Said.Text, "open a project or train first") {
			t.Errorf("%s without a project: %q", e.Name, r.Said.Text)
		}
		if e.About == "" || strings.Count(e.About, ".") > 2 {
			t.Errorf("%s says of itself %q", e.Name, e.About)
		}
	}
	r.Ready(apptest.Points)
	r.S.Training.Start(func(*session.Session) {})
	r.Until("the run is there", func() bool { return r.S.Run != nil })
	for _, e := range Entries() {
		if got := e.Lacks(r.S); (got != "") != e.Measured {
			t.Errorf("%s before the first step: %q", e.Name, got)
		}
	}
}

// TestChartMenu: each chart can be saved in each format, and copied.
func TestChartMenu(t *testing.T) {
	d := newDesk(t, apptest.Points)
	of := func() (charts.Chart, bool) {
		return charts.Find(charts.Of(d.S.Run.Recipe, d.S.Run.Session.History()), "gradients")
	}
	items := d.w.chartItems(of)
	if len(items) != 1+len(charts.Formats()) {
		t.Fatalf("the menu has %d entries", len(items))
	}
	for i, format := range charts.Formats() {
		d.Host.Path, d.Said = filepath.Join(d.dir, "chart."+format), studio.Message{}
		items[1+i].Action()
		d.Until("it is written", func() bool { return d.Said.Text != "" })
		if b := d.read("chart." + format); len(b) == 0 {
			t.Errorf("the chart is empty as %s", format)
		}
	}
	items[0].Action()
	d.Until("it is copied", func() bool { return strings.HasPrefix(d.Said.Text, "Copied the chart") })
	want, err := png.Decode(bytes.NewReader(d.read("chart.png")))
	if err != nil || d.Copied == nil || d.Copied.Bounds() != want.Bounds() {
		t.Errorf("copied %v, want as in the file: %v", d.Copied, err)
	}
	d.CopyErr = errors.New("no clipboard")
	items[0].Action()
	d.Until("it is refused", func() bool { return len(d.Host.Failed) == 1 })
	d.Host.Failed = nil
	if items := d.w.chartItems(func() (charts.Chart, bool) { return charts.Chart{}, false }); len(items) != 1 || !items[0].Disabled {
		t.Error("a chart without lines can be saved")
	}
}

// TestProjectIsGone: of a project whose file was moved while it was open it is said what helps.
func TestProjectIsGone(t *testing.T) {
	d := newDesk(t, averagedDigits)
	path := d.S.Run.Session.Path()
	if err := os.Rename(path, path+".moved"); err != nil {
		t.Fatal(err)
	}
	_, err := readOffers(d.S.Run)
	if want := path + ": the file was moved or deleted while it was open: put it back, or choose File ▸ Save as"; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%v, want %s", err, want)
	}
	if err := os.Rename(path+".moved", path); err != nil {
		t.Fatal(err)
	}
}

// TestRecipeNamesFolders: the dialog of the recipe says whether it names folders of this computer.
func TestRecipeNamesFolders(t *testing.T) {
	d := newDesk(t, averagedDigits)
	d.dialog(entryCalled(t, "Recipe"))
	if got := d.hint(); got != "" {
		t.Errorf("of built-in data it says %q", got)
	}
	own := offer{folders: true}
	if got := own.names(); !strings.Contains(got, "in which folder of this computer") {
		t.Errorf("of own data it says %q", got)
	}
}
