package session

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/dustin/go-humanize"

	"ganvas/datasets"
	"ganvas/engine/gan"
	"ganvas/engine/grad"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
)

const (
	mostTested   = 10000    // items
	mostValues   = 16 << 20 // of them all: 64 MB
	testedAtOnce = 250      // of them at once
	testEvery    = 100      // steps, at least
)

// classError is the column of what tests say.
var classError = slices.Index(MetricNames, "class_error")

// A classTest is items whose classes D was not told, and what it makes of them.
type classTest struct {
	items  []float32
	labels []int
	from   string // what they are
	tape   *grad.Tape
	pace   interval
}

// newClassTest returns the test of a D that names classes, nil where there is none or where all
// labels of the data are D's own. For digits it is MNIST's test set, otherwise what has a label
// that D does not know.
func newClassTest(t *gan.Trainer, r *recipe.Recipe, data datasets.Set, known *datasets.Subset) (*classTest, error) {
	if role := t.D.Role(); !role.ClassLogits && !role.AuxClassifier {
		return nil, nil
	}
	e := &classTest{tape: grad.NewTape(), from: "items that it was not told"}
	if r.Data == "digits" {
		o := DataOptions(r)
		o.LeaveOut, o.Labels = "", "folder"
		test, err := datasets.Open(context.Background(), "digits-test", o, nil)
		if err != nil {
			return nil, err
		}
		e.from, data, known = "test digits", test, nil
	} else if known == nil {
		return nil, nil
	}
	told := make(map[int]bool)
	if known != nil {
		for _, i := range known.Items {
			told[i] = true
		}
	}
	var items []int
	for i, l := range datasets.LabelsOf(data) {
		if l >= 0 && !told[i] {
			items = append(items, i)
		}
	}
	if len(items) == 0 {
		return nil, nil
	}
	size := t.G.Out.Size()
	n := max(1, min(len(items), mostTested, mostValues/size))
	e.items = make([]float32, n*size)
	for k := range n {
		e.labels = append(e.labels, data.Read(items[k*len(items)/n], e.items[k*size:(k+1)*size]))
	}
	return e, nil
}

// take returns the share of items of which D names a wrong class.
func (e *classTest) take(t *gan.Trainer) float64 {
	size := t.G.Out.Size()
	wrong := 0
	for first := 0; first < len(e.labels); first += testedAtOnce {
		n := min(testedAtOnce, len(e.labels)-first)
		e.tape.Reset()
		x := e.tape.View(e.items[first*size:(first+n)*size], append([]int{n}, t.G.Out...)...)
		d := t.D.Bind(e.tape, false, nil).Part(0)
		d.Forward(x, nn.Eval)
		k := len(d.Heads.Classes.Data) / n
		for i := range n {
			said := d.Heads.Classes.Data[i*k : (i+1)*k]
			if slices.Index(said, slices.Max(said)) != e.labels[first+i] {
				wrong++
			}
		}
	}
	return float64(wrong) / float64(len(e.labels))
}

// takeClassTest takes the test if it is due, or now, and returns its result, NaN if it was not
// taken. It takes about a twentieth of the time.
func (s *Session) takeClassTest(now bool) float64 {
	e := s.classTest
	begin := s.options.Now()
	if e == nil || !now && (s.trainer.Step%testEvery != 0 || !e.pace.due(begin)) {
		return math.NaN()
	}
	share := e.take(s.trainer)
	end := s.options.Now()
	e.pace.took(end.Sub(begin), end)
	s.ctl.Lock()
	defer s.ctl.Unlock()
	s.status.ClassTest = fmt.Sprintf("%.2f %% of %s %s named wrongly", 100*share, humanize.Comma(int64(len(e.labels))), e.from)
	s.status.ClassError = &share
	return share
}

// finishClassTest takes the test at the end of training, for the last step that is not saved yet.
// The caller holds mu.
func (s *Session) finishClassTest() {
	if s.classTest == nil || len(s.rows) == 0 {
		return
	}
	last := &s.rows[len(s.rows)-1]
	share := s.takeClassTest(true)
	last.Values[classError] = float32(share)
	values := make([]float32, len(last.Values))
	for i := range values {
		values[i] = float32(math.NaN())
	}
	values[classError] = float32(share)
	s.ctl.Lock()
	defer s.ctl.Unlock()
	s.history.add(last.Step, values)
}
