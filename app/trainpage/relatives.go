package trainpage

import (
	"fmt"

	"ganvas/engine/session"
	"ganvas/widgets"
)

// beside are the columns of which other runs are shown too, and what they are called there.
var beside = map[string]string{"loss_d": "D", "loss_g": "G", "grad_d": "D", "grad_g": "G", "d_real": "D(x)", "d_fake": "D(G(z))"}

// with returns lines, and after them columns of other runs as fine lines.
func with(related []session.Relative, columns []string, lines ...widgets.Series) []widgets.Series {
	for _, r := range related {
		for _, column := range columns {
			l := seriesOf(r.History, column, fmt.Sprintf("%s, run %d", beside[column], r.Run.ID))
			l.Thin = true
			if len(l.X) > 0 {
				lines = append(lines, l)
			}
		}
	}
	return lines
}

// branchMarks are where the run and others part.
func branchMarks(related []session.Relative) []widgets.Mark {
	var marks []widgets.Mark
	for _, r := range related {
		marks = append(marks, widgets.Mark{X: float64(r.Step), Text: fmt.Sprintf("parts from run %d", r.Run.ID)})
	}
	return marks
}
