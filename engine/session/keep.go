package session

import (
	"fmt"
	"slices"
	"time"

	"ganvas/datasets"
	"ganvas/engine/ckpt"
	"ganvas/engine/gan"
	"ganvas/engine/memory"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
)

// A keeper takes what is to stay of steps between two savings: views, and states from which
// branches begin. It holds them until the next saving, which writes all in one transaction. It only
// copies, so that training goes on as without it. It belongs to whoever holds mu.
type keeper struct {
	nextView, nextFull int64
	views              []ckpt.View
	states             []ckpt.Earlier
	bytes              int64 // of both
	wants              bool  // a saving soon, as there is no room for more
	saved              int64 // step of the last saving
	brief              bool  // the saving under way is for lack of room
	withViews, withD   bool
	stateBytes         int64
}

const (
	// mostKept is how many bytes may wait for the next saving.
	mostKept = 8 << 20
	// viewsApart and fullApart are the steps between two views and two full states, as a share of
	// the run so far: a little less than what thinning leaves apart.
	viewsApart = 24
	fullApart  = 12
	// fullSpaced is how many full checkpoints a run has at the most for branches: no step is more
	// than a tenth of the run after one.
	fullSpaced = 20
	// apartLarge is how many steps lie at least between states that are too large to wait in memory:
	// replaying so few is sooner done than said.
	apartLarge = 20
)

// apart returns how many steps lie at least between two full checkpoints.
func (k *keeper) apart() int64 {
	if k.stateBytes > mostKept {
		return apartLarge
	}
	return 0
}

func newKeeper(t *gan.Trainer) keeper {
	views, withD := ckpt.ViewsFor(viewBytesOf(t.Sampler()), viewBytesOf(t.D))
	return keeper{withViews: views > 0, withD: withD > 0, stateBytes: stateBytes(t)}
}

// viewBytesOf reckons the bytes of a network in a view.
func viewBytesOf(n *nn.Net) int64 {
	bytes := int64(0)
	for _, p := range slices.Concat(n.Params, n.Buffers) {
		size := int64(4)
		if len(p.Value.Shape) > 1 {
			size = 2
		}
		bytes += size*int64(len(p.Value.Data)) + entryHeader
	}
	return bytes
}

// entryHeader is about what an array takes besides its values.
const entryHeader = 80

// reset forgets what waits: the run begins, or has gone back, to a step that is saved.
func (k *keeper) reset(step int64) {
	k.views, k.states, k.bytes, k.wants, k.saved = nil, nil, 0, false, step
	k.nextView, k.nextFull = after(step, viewsApart), after(step, fullApart)
}

// after returns the step after one from which something is due that is so many shares of the run
// apart.
func after(step, apart int64) int64 { return step + max(1, step/apart) }

// keep takes what is due after a step. The caller holds mu.
func (s *Session) keep() error {
	k, step := &s.keeper, s.trainer.Step
	if k.withViews && step >= k.nextView {
		if err := s.keepView(step); err != nil {
			return err
		}
	}
	if step >= k.nextFull {
		if k.bytes+k.stateBytes > mostKept {
			k.thin(step)
		}
		if k.bytes+k.stateBytes > mostKept {
			k.wants = true
			return nil
		}
		st := s.copyState()
		k.states = append(k.states, ckpt.Earlier{Step: step, ImagesSeen: s.loader.Seen(), State: st, Core: coreOf(st)})
		k.bytes += k.stateBytes
		k.nextFull = after(step, fullApart)
	}
	return nil
}

// keepView takes a view, unless there is no room. The caller holds mu.
func (s *Session) keepView(step int64) error {
	k := &s.keeper
	if k.bytes > mostKept {
		k.thin(step)
	}
	if k.bytes > mostKept {
		k.wants = true
		return nil
	}
	v, err := viewOf(s.trainer, k.withD)
	if err != nil {
		return err
	}
	k.views = append(k.views, v)
	k.bytes += int64(len(v.G) + len(v.D))
	k.nextView = after(step, viewsApart)
	s.judgeNow()
	return nil
}

// thin lets go what a run of so many steps need not keep any more, as a saving would.
func (k *keeper) thin(step int64) {
	steps, must := []int64{k.saved}, []bool{true}
	for _, e := range k.states {
		steps, must = append(steps, e.Step), append(must, false)
	}
	stays := ckpt.Spread(steps, must, max(2*float64(step)/fullSpaced, float64(k.apart())))[1:]
	states, views := k.states, k.views
	k.states, k.views, k.bytes = nil, nil, 0
	for i, e := range states {
		if stays[i] {
			k.states = append(k.states, e)
			k.bytes += k.stateBytes
		}
	}
	steps, must = []int64{k.saved}, []bool{true}
	for _, v := range views {
		steps, must = append(steps, v.Step), append(must, v.Best != "")
	}
	stays = ckpt.Spread(steps, must, 2*float64(step)/ckpt.MostViews)[1:]
	for i, v := range views {
		if stays[i] {
			k.views = append(k.views, v)
			k.bytes += int64(len(v.G) + len(v.D))
		}
	}
}

// viewOf returns what is kept of a trainer to look at it.
func viewOf(t *gan.Trainer, withD bool) (v ckpt.View, err error) {
	prefix := "g."
	if t.Average != nil {
		prefix = "ema."
	}
	v.Step = t.Step
	if v.G, err = ckpt.EncodeView(entriesOf(t.Sampler(), prefix)); err == nil && withD {
		v.D, err = ckpt.EncodeView(entriesOf(t.D, "d."))
	}
	return v, err
}

func entriesOf(n *nn.Net, prefix string) (list []ckpt.Entry) {
	for _, p := range slices.Concat(n.Params, n.Buffers) {
		list = append(list, ckpt.Entry{Name: nn.EntryName(prefix, p.Name), DType: "F32", Shape: p.Value.Shape, F32: p.Value.Data})
	}
	return list
}

// kept notes that what waited is saved, with a full checkpoint at a step.
func (k *keeper) kept(step int64) {
	next := k.nextView
	k.reset(step)
	k.nextView = max(next, step+1)
}

// Keeping says what a project will keep of a run for its time line, besides what continues it.
type Keeping struct {
	Views     int   // at the most, spread over the run; 0: none, as one alone takes too much space
	WithD     int   // of them with the discriminator too
	ViewBytes int64 // of all of them, at the most
	Full      int   // checkpoints from which branches begin, at the most
	FullBytes int64 // of all of them, at the most
}

// KeepingOf reckons what a project will keep of a run of a recipe on data of so many classes.
func KeepingOf(r *recipe.Recipe, item nn.Shape, classes int) (Keeping, error) {
	g, err := gan.NewG(r, classes)
	if err != nil {
		return Keeping{}, err
	}
	d, err := gan.NewD(r, item, classes)
	if err != nil {
		return Keeping{}, err
	}
	size, err := gan.Reckon(r, item, max(1, classes))
	if err != nil {
		return Keeping{}, err
	}
	gBytes, dBytes := viewBytesOf(g), viewBytesOf(d)
	k := Keeping{Full: fullSpaced + 1, FullBytes: (fullSpaced + 1) * int64(size.State)}
	k.Views, k.WithD = ckpt.ViewsFor(gBytes, dBytes)
	k.ViewBytes = int64(k.Views)*gBytes + int64(k.WithD)*dBytes
	return k, nil
}

// KeepingFor reckons what a project will keep of a run of a recipe on its data.
func KeepingFor(r *recipe.Recipe, data datasets.Set) (Keeping, error) {
	return KeepingOf(r, ItemShape(data), classesFor(r, data))
}

// Text says in a sentence what will be kept.
func (k Keeping) Text() string {
	full := fmt.Sprintf("up to %d full checkpoints, %s", k.Full, memory.Text(k.FullBytes))
	switch {
	case k.Views == 0:
		return "no views, as one alone takes too much space; " + full
	case k.WithD == 0:
		return fmt.Sprintf("up to %d views of the generator, %s; %s", k.Views, memory.Text(k.ViewBytes), full)
	case k.WithD < k.Views:
		return fmt.Sprintf("up to %d views, %d of them with the discriminator, %s; %s", k.Views, k.WithD, memory.Text(k.ViewBytes), full)
	}
	return fmt.Sprintf("up to %d views, %s; %s", k.Views, memory.Text(k.ViewBytes), full)
}

// earlySaving returns how long after a saving that took so long another may be made for lack of
// room: all of them then take a twentieth of the time.
func earlySaving(took time.Duration) time.Duration { return max(time.Second, pictureShare*took) }

// earlier returns the states that wait, but for one at the step of the saving itself.
func (k *keeper) earlier(step int64) []ckpt.Earlier {
	if n := len(k.states); n > 0 && k.states[n-1].Step == step {
		return k.states[:n-1]
	}
	return k.states
}
