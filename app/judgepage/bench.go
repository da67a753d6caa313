package judgepage

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/dustin/go-humanize"

	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/app/words"
	results "ganvas/docs/reproduce"
	"ganvas/engine/reproduce"
	"ganvas/engine/wholefile"
	"ganvas/widgets"
)

// benchmarks shows published tables beside what this program reaches, and runs them again.
type benchmarks struct {
	s       *studio.Studio
	host    ui.Host
	version string // of the program
	box     *fyne.Container
	choice  *widgets.Select
	seeds   *widgets.Select
	run     *widgets.TippedButton
	when    *ui.Note
	table   *fyne.Container
	words   *widget.Label
	scroll  *container.Scroll

	tables []reproduce.Table
	found  map[string]reproduce.Result // by name: of this computer, or those that come with the program
}

func newBenchmarks(s *studio.Studio, host ui.Host, version string) *benchmarks {
	b := &benchmarks{s: s, host: host, version: version, tables: reproduce.Tables(), found: make(map[string]reproduce.Result)}
	titles := make([]string, len(b.tables))
	for i, t := range b.tables {
		titles[i] = t.Title
	}
	b.choice = widgets.NewSelect(titles, nil)
	b.seeds = widgets.NewSelect([]string{"1", "2", "3", "5"}, nil)
	b.seeds.Selected = "1"
	b.run = widgets.TipButton(theme.MediaPlayIcon(), "Run again", "Trains every method of this table on your computer; it can be cancelled", b.again)
	b.when = ui.NewNoteLine("")
	b.table = container.NewVBox()
	b.words = widget.NewLabel("")
	b.words.Wrapping, b.words.SizeName = fyne.TextWrapWord, theme.SizeNameCaptionText
	b.scroll = container.NewVScroll(container.NewVBox(container.NewHScroll(container.New(layout.NewCustomPaddedLayout(0, 8, 0, 0), b.table)), b.words))
	top := container.NewVBox(container.NewBorder(nil, nil, container.New(ui.FixedWidth(330), b.choice), container.NewHBox(
		widget.NewLabel("Seeds"), container.New(ui.FixedWidth(64), b.seeds), b.run)), b.when)
	b.box = container.NewPadded(container.NewBorder(top, nil, nil, nil, b.scroll))
	b.choice.Selected = titles[0]
	b.choice.OnChanged = func(string) { b.show() }
	return b
}

// load reads the results that come with the program and those of this computer, which count more.
func (b *benchmarks) load() {
	folder := reproduce.Folder(b.s.Home)
	found := make(map[string]reproduce.Result)
	b.s.Jobs.Start(func(context.Context) error {
		for _, from := range []fs.FS{results.Files, os.DirFS(folder)} {
			list, err := reproduce.Load(from)
			if err != nil {
				return err
			}
			for _, r := range list {
				found[r.Name] = r
			}
		}
		return nil
	}, func(err error) {
		if err != nil {
			b.host.Fail(err)
		}
		b.found = found
		b.show()
	})
}

func (b *benchmarks) chosen() reproduce.Table { return b.tables[max(0, b.choice.SelectedIndex())] }

// again runs the chosen table.
func (b *benchmarks) again() {
	t := b.chosen()
	if b.s.Work.After(b.again) {
		return
	}
	seeds := 1
	if _, err := fmt.Sscan(b.seeds.Selected, &seeds); err != nil {
		panic("judgepage: " + err.Error()) // one of the choices
	}
	folder := reproduce.Folder(b.s.Home)
	b.s.Work.Run("Running "+t.Title, func(ctx context.Context, tell func(done, total int)) error {
		r, err := reproduce.Run(ctx, t, reproduce.Options{Seeds: seeds, Version: b.version, Progress: func(_ string, share float64) { tell(int(share*studio.InPercent), studio.InPercent) }})
		if err != nil {
			return err
		}
		r.Command, r.Version = fmt.Sprintf("ganvas reproduce %s --seeds %d", t.Name, seeds), b.version
		content, err := r.Encode()
		if err != nil {
			return err
		}
		if err := os.MkdirAll(folder, 0o777); err != nil {
			return fmt.Errorf("keep the result: %w", err)
		}
		return wholefile.WriteBytes(filepath.Join(folder, t.Name+".json"), wholefile.Replace, content)
	}, func(err error) {
		if err != nil {
			b.s.FailUnlessCancelled(err)
			return
		}
		b.load()
	})
}

// show fills the table.
func (b *benchmarks) show() {
	t := b.chosen()
	b.table.RemoveAll()
	r, ok := b.found[t.Name]
	if !ok {
		b.when.Set("Not run yet on this computer; " + t.Time)
		r = reproduce.Result{Columns: t.Columns}
		for _, m := range t.Methods {
			r.Rows = append(r.Rows, m.Row(len(t.Columns)))
		}
	} else {
		quick := ""
		if r.Quick {
			quick = ", quick: shows that it works, not what it reaches"
		}
		b.when.Set(fmt.Sprintf("%s, %s on %s, %s%s", r.Command, words.Counted(r.Seeds, "seed"), r.Made, words.Counted(r.Cores, "processor"), quick))
	}
	widths, rows := b.rows(r)
	for i, row := range rows {
		cells := make([]fyne.CanvasObject, len(row))
		for k, text := range row {
			l := ui.NewLine(text)
			l.TextStyle.Bold = i == 0
			cells[k] = ui.WithWidth(widths[k], l)
		}
		b.table.Add(container.NewHBox(cells...))
	}
	ui.SetText(b.words, b.text(t, r))
	ui.Relayout(b.box)
	b.scroll.Refresh()
}

// rows returns the cells of a result, and how wide the columns are.
func (b *benchmarks) rows(r reproduce.Result) (widths []float32, rows [][]string) {
	head, rows := r.Cells(humanize.Comma, words.Duration)
	copy(head, []string{"Method", "Updates", "Time"})
	for i := range head {
		head[i] = words.Sentence(head[i])
	}
	rows = slices.Insert(rows, 0, head)
	widths = make([]float32, len(head))
	for i, row := range rows {
		for k, text := range row {
			width := fyne.MeasureText(text, theme.TextSize(), fyne.TextStyle{Bold: i == 0}).Width
			widths[k] = max(widths[k], width+2*theme.InnerPadding()+1) // of a label
		}
	}
	return widths, rows
}

// text says what the table is, and in what it differs from the paper.
func (b *benchmarks) text(t reproduce.Table, r reproduce.Result) string {
	parts := []string{t.Paper + ".", t.Protocol + "."}
	for _, d := range t.Differences {
		parts = append(parts, "Differs: "+d+".")
	}
	for _, m := range r.Rows {
		if m.Note != "" {
			parts = append(parts, m.Method+": "+m.Note+".")
		}
	}
	var seen []string
	for _, m := range r.Rows {
		if m.Network != "" && !slices.Contains(seen, m.Network) {
			seen = append(seen, m.Network)
			parts = append(parts, "Network, "+m.Method+": "+m.Network+".")
		}
	}
	return strings.Join(parts, "\n")
}
