package runspage

import (
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ganvas/app/titles"
	"ganvas/engine/doctor"
	"ganvas/engine/session"
	"ganvas/widgets"
)

// charts draw the numbers of several runs over each other.
type charts struct {
	box                                fyne.CanvasObject
	lossD, lossG, distance, byMeasured *widgets.Chart
}

func newCharts() charts {
	c := charts{
		lossD: widgets.NewChart("Loss of D", "step", ""), lossG: widgets.NewChart("Loss of G", "step", ""),
		distance: widgets.NewChart("Distance of samples from real items", "step", ""), byMeasured: widgets.NewChart("Judged", "step", ""),
	}
	c.lossD.SetEmpty("Appears with the first steps")
	c.lossG.SetEmpty("Appears with the first steps")
	c.distance.SetEmpty("Appears with the first checkup of the doctor")
	c.byMeasured.SetEmpty("Appears once the runs are judged")
	rows := container.NewGridWithRows(4)
	for _, chart := range c.all() {
		rows.Add(chart)
	}
	c.box = rows
	return c
}

func (c *charts) all() []*widgets.Chart {
	return []*widgets.Chart{c.lossD, c.lossG, c.distance, c.byMeasured}
}

func (c *charts) close() {
	for _, chart := range c.all() {
		chart.Close()
	}
}

// show draws a line for each run; by is the measure of the last chart, "" for none.
func (c *charts) show(got compared, by string) {
	var d, g, distance, judged []widgets.Series
	for i, h := range got.histories {
		name := runName(got.entries[i])
		d, g = append(d, seriesOf(h, "loss_d", name)), append(g, seriesOf(h, "loss_g", name))
		distance = append(distance, checkupsOf(h.Checkups, name))
		s := widgets.Series{Name: name}
		for _, j := range got.entries[i].Measures {
			for _, m := range j.Measures {
				if m.Name == by {
					s.X, s.Y = append(s.X, float64(j.Step)), append(s.Y, m.Value)
				}
			}
		}
		judged = append(judged, s)
	}
	c.lossD.Set(d, nil)
	c.lossG.Set(g, nil)
	c.distance.Set(distance, nil)
	if title, _ := titles.Measure(by); by != "" {
		c.byMeasured.SetTitle(title)
	}
	c.byMeasured.Set(judged, nil)
}

// seriesOf returns the middle of every bucket of a column: bands of several runs would hide each
// other.
func seriesOf(h session.History, column, name string) widgets.Series {
	s := widgets.Series{Name: name}
	c := slices.Index(h.Columns, column)
	if c < 0 || c >= len(h.Min) {
		return s
	}
	for i, x := range h.Step {
		if y := (h.Min[c][i] + h.Max[c][i]) / 2; !math.IsNaN(y) {
			s.X, s.Y = append(s.X, x), append(s.Y, y)
		}
	}
	return s
}

// checkupsOf returns how far samples were from real items.
func checkupsOf(list []doctor.Checkup, name string) widgets.Series {
	s := widgets.Series{Name: name}
	for i := range list {
		if y := float64(list[i].Distance); !math.IsNaN(y) && !math.IsInf(y, 0) {
			s.X, s.Y = append(s.X, float64(list[i].Step)), append(s.Y, y)
		}
	}
	return s
}
