package otherways

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"time"

	"ganvas/datasets"
	"ganvas/engine/others"
	"ganvas/engine/process"
)

// An arena trains all models beside one another: on two threads of low priority, of which each
// trains its models in turn, for as long each. It ends with close.
type arena struct {
	workers []*worker
	of      map[string]*worker // by kind
	stop    context.CancelFunc
	done    sync.WaitGroup
}

// A match is what the models learn, and how.
type match struct {
	set  datasets.Set
	seed uint64
	show func(state) // called on a worker's goroutine
	now  func() time.Time
}

// newArena makes the models of a match, which wait for play.
func newArena(m match) (*arena, error) {
	ctx, stop := context.WithCancel(context.Background())
	a := &arena{of: make(map[string]*worker), stop: stop}
	truth, perfect, err := truthOf(m.set)
	if err != nil {
		stop()
		return nil, err
	}
	for range 2 {
		a.workers = append(a.workers, &worker{wake: make(chan struct{}, 1)})
	}
	for i, kind := range others.Kinds() {
		model, err := others.NewModel(kind, datasets.NewLoader(m.set, m.seed, false), m.seed)
		if err != nil {
			stop()
			return nil, err
		}
		w := a.workers[i%len(a.workers)]
		w.contestants = append(w.contestants, &contestant{match: m, model: model, truth: truth, perfect: perfect, state: state{kind: kind}})
		a.of[kind] = w
	}
	for _, w := range a.workers {
		a.done.Go(func() { w.run(ctx) })
	}
	return a, nil
}

// close ends the workers and waits for them.
func (a *arena) close() {
	a.stop()
	a.done.Wait()
}

// play has all models learn, or wait.
func (a *arena) play(on bool) {
	for _, w := range a.workers {
		w.ask(func() { w.playing = on })
	}
}

// each has every model asked something, on its worker's goroutine.
func (a *arena) each(f func(c *contestant)) {
	for _, w := range a.workers {
		w.ask(func() {
			for _, c := range w.contestants {
				f(c)
			}
		})
	}
}

// A worker is a goroutine that trains some models.
type worker struct {
	contestants []*contestant
	playing     bool
	wake        chan struct{}

	mu    sync.Mutex
	asked []func()
}

// ask has f run between two steps. It does not wait.
func (w *worker) ask(f func()) {
	w.mu.Lock()
	w.asked = append(w.asked, f)
	w.mu.Unlock()
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// answer runs what was asked.
func (w *worker) answer() {
	w.mu.Lock()
	asked := w.asked
	w.asked = nil
	w.mu.Unlock()
	for _, f := range asked {
		f()
	}
}

// turn is how long a model learns before it is the next one's turn.
const turn = 25 * time.Millisecond

func (w *worker) run(ctx context.Context) {
	runtime.LockOSThread() // for good: the thread ends with this goroutine
	process.Background()
	for _, c := range w.contestants {
		c.look()
	}
	for {
		learning := w.playing && slices.ContainsFunc(w.contestants, func(c *contestant) bool { return c.state.err == nil })
		if learning {
			select {
			case <-ctx.Done():
				return
			case <-w.wake:
			default:
			}
		} else {
			select {
			case <-ctx.Done():
				return
			case <-w.wake:
			}
		}
		w.answer()
		if !w.playing {
			continue
		}
		for _, c := range w.contestants {
			c.learn(turn)
			c.lookNowAndThen()
		}
	}
}

// truthOf returns what is known of a set, from its last points, and what as many others of it are
// worth.
func truthOf(set datasets.Set) (t others.Truth, perfect others.Quality, err error) {
	const n = 1000
	read := func(first int) []float32 {
		x := make([]float32, 2*n)
		for i := range n {
			set.Read(first+i, x[2*i:2*i+2])
		}
		return x
	}
	t.Points = read(set.Len() - n)
	if m, ok := set.(datasets.Modal); ok {
		t.Centres, t.Sigma = m.Modes()
	}
	perfect, err = t.Judge(read(set.Len() - 2*n))
	return t, perfect, err
}
