package app

import (
	"slices"
	"strings"
	"testing"

	"ganvas/app/internal/apptest"
	"ganvas/datasets"
	"ganvas/widgets"
)

func TestChoosingDataAdaptsTheRecipe(t *testing.T) {
	r := newRig(t, Options{})
	r.started()
	r.until("the digits are read", func() bool { return r.s.Data.Set != nil })
	before := r.s.Plan.Now()
	for _, c := range []struct {
		name string
		kind datasets.Kind
	}{{"ring", datasets.Points}, {"shapes", datasets.Pictures}} {
		r.s.Data.Choose(c.name)
		r.until(c.name+" is read", func() bool { return r.s.Plan.Now().Data == c.name && r.s.Data.Set != nil && !r.s.Data.Opening })
		if got := r.s.Data.Set.Info().Kind; got != c.kind {
			t.Errorf("%s are %v, want %v", c.name, got, c.kind)
		}
		if r.s.Reason != "" {
			t.Errorf("%s cannot be trained: %s", c.name, r.s.Reason)
		}
		if !r.note.Visible() {
			t.Errorf("nothing is said of the change for %s", c.name)
		}
		if !r.data.cards[c.name].Selected() {
			t.Errorf("the card of %s is not marked", c.name)
		}
	}
	r.s.Plan.Undo()
	r.s.Plan.Undo()
	if !r.s.Plan.Now().Equal(before) {
		t.Error("undo does not lead back to the digits")
	}
	r.until("the digits are read again", func() bool { return r.s.Data.Set != nil && r.s.Data.Name == "digits" && r.s.Reason == "" })
}

func TestPreprocessing(t *testing.T) {
	r := newRig(t, Options{})
	r.started()
	r.until("the digits are read", func() bool { return r.s.Data.Set != nil })
	r.data.prep.size.SetText("32")
	r.data.prep.size.OnSubmitted("32")
	r.until("the digits are read at 32 pixels", func() bool {
		return r.s.Data.Set != nil && slices.Equal(r.s.Data.Set.Info().Shape, []int{32, 32, 1})
	})
	if r.s.Reason != "" {
		t.Errorf("cannot be trained at 32 pixels: %s", r.s.Reason)
	}
	r.data.prep.mirror.SetChecked(true)
	r.until("they are mirrored", func() bool { return r.s.Data.Set != nil && r.data.prep.flip.Visible() })
	r.data.prep.channels.SetSelected("Colour")
	r.until("they are in colour", func() bool {
		return r.s.Data.Set != nil && slices.Equal(r.s.Data.Set.Info().Shape, []int{32, 32, 3})
	})
	r.data.prep.size.SetText("2")
	r.data.prep.size.OnSubmitted("2")
	if size := r.data.prep.size; r.dialogText() != "" || size.Text != "2" || !size.Typing() || r.s.Plan.Now().ImageSize != 32 {
		t.Errorf("a size of 2: dialog %q, the field shows %q, the plan has %d", r.dialogText(), size.Text, r.s.Plan.Now().ImageSize)
	}
}

func TestLayersUndoRedo(t *testing.T) {
	r := readyRig(t, apptest.Points)
	s := r.build.g.stack
	states := [][]string{r.s.Plan.Now().G.Layers}
	for _, c := range []struct {
		do   func()
		want []string
	}{
		{func() { s.OnAdd(2, "relu") }, []string{"linear 16", "relu", "relu", "linear 2"}},
		{func() { s.OnRemove(1) }, []string{"linear 16", "relu", "linear 2"}},
		{func() { s.OnDuplicate(0) }, []string{"linear 16", "linear 16", "relu", "linear 2"}},
		{func() { s.OnMove(2, 1) }, []string{"linear 16", "relu", "linear 16", "linear 2"}},
		{func() { s.OnKnob(2, 0, "24") }, []string{"linear 16", "relu", "linear 24", "linear 2"}},
		{func() { s.OnKnob(2, 1, "sn") }, []string{"linear 16", "relu", "sn linear 24", "linear 2"}},
	} {
		c.do()
		if got := r.s.Plan.Now().G.Layers; !slices.Equal(got, c.want) {
			t.Fatalf("got %v, want %v", got, c.want)
		}
		states = append(states, c.want)
	}
	for i := len(states) - 2; i >= 0; i-- {
		r.s.Plan.Undo()
		if got := r.s.Plan.Now().G.Layers; !slices.Equal(got, states[i]) {
			t.Errorf("undone to %v, want %v", got, states[i])
		}
	}
	for _, want := range states[1:] {
		r.s.Plan.Redo()
		if got := r.s.Plan.Now().G.Layers; !slices.Equal(got, want) {
			t.Errorf("redone to %v, want %v", got, want)
		}
	}
	r.until("the networks are measured", func() bool {
		r.show(pageBuild)
		return r.s.Forecast.Of != nil && !r.s.Forecast.Busy
	})
	if r.s.Forecast.Err != nil || r.s.Forecast.Value.SecondsPerStep <= 0 {
		t.Errorf("measured %+v", r.s.Forecast.Value)
	}
}

func TestMisfitIsMended(t *testing.T) {
	r := readyRig(t, apptest.Digits)
	r.build.g.stack.OnRemove(1) // the unflatten before tanh
	if !strings.Contains(r.s.Reason, "generator") {
		t.Errorf("the transport bar says %q of a generator that does not fit", r.s.Reason)
	}
	if len(r.build.g.fixes) == 0 {
		t.Fatal("no fix is offered")
	}
	r.ask.train()
	if r.s.Status.Running || r.s.Run != nil {
		t.Error("trains networks that do not fit")
	}
	r.build.g.stack.OnFix(0, 0)
	if r.s.Reason != "" {
		t.Errorf("the fix leaves %q", r.s.Reason)
	}
	r.s.Plan.Undo()
	if r.s.Reason == "" {
		t.Error("undo does not take the fix back")
	}
}

func TestFormRefusesAndTakes(t *testing.T) {
	r := readyRig(t, apptest.Points)
	var batch *widgets.TypedEntry
	for _, f := range r.build.form.fields {
		if f.key.Name == "batch" {
			batch = f.control.(*widgets.TypedEntry)
		}
	}
	for _, c := range []struct {
		typed string
		hint  bool
		want  int
	}{{"32", false, 32}, {"none", true, 32}, {"0", true, 32}, {"8", false, 8}} {
		batch.SetText(c.typed)
		if got := r.build.form.hint.Visible(); got != c.hint {
			t.Errorf("%q: says what is wrong: %v, want %v", c.typed, got, c.hint)
		}
		batch.OnSubmitted(batch.Text)
		if got := r.s.Plan.Now().Batch; got != c.want {
			t.Errorf("%q: batch is %d, want %d", c.typed, got, c.want)
		}
	}
	r.build.preset.SetSelected("Two moons")
	r.until("the preset's data are read", func() bool { return r.s.Plan.Now().Data == "moons" && r.s.Reason == "" })
}
