package session

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"ganvas/engine/ckpt"
	"ganvas/engine/recipe"
)

// branchAt makes a branch and goes on with it.
func branchAt(t *testing.T, s *Session, step int64) {
	t.Helper()
	run, err := s.Branch(t.Context(), step, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.SwitchRun(t.Context(), Options{Run: run, ReadData: true}); err != nil {
		t.Fatal(err)
	}
	if st := s.Status(); st.Step != step {
		t.Fatalf("the branch begins at step %d, want %d", st.Step, step)
	}
}

// far has a session keep few full checkpoints, so that branches are replayed.
func far(s *Session) {
	write := s.write
	s.write = func(save ckpt.Save) error {
		save.Spaced, save.Full = 2, -1
		if save.Kind == "final" && save.Step%10 != 0 {
			save.Kind = "pause"
		}
		save.Earlier = slices.DeleteFunc(save.Earlier, func(e ckpt.Earlier) bool { return e.Step%10 != 0 })
		return write(save)
	}
}

// A script of a run: changes before some steps, and single updates of the players.
type script struct{ key, value string }

func (c script) change(t *testing.T, s *Session, step int64) {
	t.Helper()
	changes := map[int64][][2]string{14: {{c.key, c.value}, {"d.lr", "0.003"}}, 20: {{"g.lr", "0.004"}}, 26: {{"g.lr", "0.001"}}}
	for _, x := range changes[step] {
		if err := s.Set(x[0], x[1]); err != nil {
			t.Fatal(err)
		}
	}
}

// run goes on with a run to a step, and notes the states on the way there, with what was changed at
// each.
func (c script) run(t *testing.T, s *Session, until int64, note func(step int64, sum string)) {
	t.Helper()
	for at := s.Status().Step; at < until; at++ {
		switch at {
		case 17:
			s.StepD()
		case 18:
			s.StepG()
		default:
			s.TrainUntil(at + 1)
		}
		if err := s.Wait(); err != nil {
			t.Fatal(err)
		}
		c.change(t, s, at+1)
		note(at+1, s.State().SHA256())
	}
}

// A branch is what the run was at that step, whatever was changed on the way there, and goes on to
// the same bits. So does a branch of a branch.
func TestBranchSameBits(t *testing.T) {
	classes := pictures()
	classes.Data, classes.ImageSize, classes.Channels, classes.Conditional, classes.Labels = "digits", 28, 1, "concat", "folder"
	classes.G.Layers = []string{"linear 8", "bn", "relu", "linear 784", "unflatten 28 28 1"}
	for name, c := range map[string]struct {
		r *recipe.Recipe
		script
	}{
		"points":              {small(), script{"g.lr", "0.01"}},
		"pictures":            {pictures(), script{"g.lr", "0.0001"}},
		"classes":             {classes, script{"r1", "0.5"}},
		"an average, later":   {small(), script{"ema", "0.9"}},
		"an average, no more": {pictures(), script{"ema", "0"}},
		"another length":      {pictures(), script{"steps", "60"}},
	} {
		t.Run(name, func(t *testing.T) {
			const end = 34
			c.r.G.LRDecay, c.r.Steps = "cosine", 40
			s := create(t, c.r, Options{})
			far(s)
			first := s.RunID()
			sums := make([]string, end+1)
			c.run(t, s, end, func(step int64, sum string) { sums[step] = sum })
			replayed := int64(0)
			for _, step := range []int64{3, 14, 16, 18, 19, 23, 26, 30, end} {
				plan, err := s.PlanBranch(step)
				if err != nil || !plan.SameBits || plan.Run != first || plan.From+plan.Replay != step {
					t.Fatalf("plan of step %d: %+v, error %v", step, plan, err)
				}
				replayed += plan.Replay
				branchAt(t, s, step)
				if got := s.State().SHA256(); got != sums[step] {
					t.Errorf("the branch from step %d has another state than the run had there", step)
				}
				c.run(t, s, end, func(at int64, sum string) {
					if sum != sums[at] {
						t.Errorf("the branch from step %d has another state at step %d than the run", step, at)
					}
				})
				if step == 16 {
					branchAt(t, s, 21)
					if got := s.State().SHA256(); got != sums[21] {
						t.Error("the branch of a branch has another state")
					}
				}
				if h := s.History(); len(h.Step) == 0 || h.Step[0] != 0 {
					t.Errorf("the history of the branch from step %d does not begin with the run's", step)
				}
				if err := s.SwitchRun(t.Context(), Options{Run: first, ReadData: true}); err != nil {
					t.Fatal(err)
				}
			}
			if replayed < 10 {
				t.Errorf("only %d steps were replayed", replayed)
			}
			events, err := s.file.Events(first + 1)
			if err != nil || !slices.ContainsFunc(events, func(e ckpt.Event) bool { return e.Kind == "branch" && !strings.Contains(e.Text, "not as then") }) {
				t.Errorf("events of a branch %+v, error %v", events, err)
			}
		})
	}
}

// A branch that is cancelled leaves nothing, and what cannot be branched from says so.
func TestBranchCancelled(t *testing.T) {
	s := create(t, pictures(), Options{})
	far(s)
	trainUntil(t, s, 30)
	want := s.State().SHA256()
	ctx, cancel := context.WithCancel(t.Context())
	said := 0
	_, err := s.Branch(ctx, 19, "never", func(done, total int64) {
		if said++; done > total/2 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || said < 2 {
		t.Fatalf("a cancelled branch: error %v after %d reports", err, said)
	}
	runs, err := s.Runs()
	if err != nil || len(runs) != 1 || !runs[0].Current {
		t.Errorf("runs after it: %+v, error %v", runs, err)
	}
	if got := trainUntil(t, s, 32); got == want || s.Status().Step != 32 {
		t.Error("the run does not go on after it")
	}
	for _, step := range []int64{-1, 33} {
		if _, err := s.Branch(t.Context(), step, "", nil); err == nil || !strings.Contains(err.Error(), "steps 0 to 32") {
			t.Errorf("branch from step %d: error %v", step, err)
		}
	}
	if _, err := s.PlanBranch(33); err == nil {
		t.Error("a plan of a step that is not there: no error")
	}
}

// What may differ is said before.
func TestBranchOfOtherMachine(t *testing.T) {
	s := create(t, pictures(), Options{})
	far(s)
	s.here = "z80 slow"
	trainUntil(t, s, 12)
	s.here = machineName()
	trainUntil(t, s, 30)
	for step, want := range map[int64]bool{9: false, 12: false, 30: true} {
		plan, err := s.PlanBranch(step)
		if err != nil || plan.SameBits != want && plan.Replay > 0 || !want && plan.Replay > 0 && !strings.Contains(plan.Why, "z80 slow") {
			t.Errorf("branch from step %d: %+v, error %v", step, plan, err)
		}
	}
	if plan, err := s.PlanBranch(9); err != nil || plan.SameBits || plan.Replay == 0 {
		t.Errorf("branch from step 9: %+v, error %v", plan, err)
	}
}

// A run of a version that did not record what a key was before it was changed is not branched from
// before the change, rather than wrongly.
func TestBranchWithoutRecord(t *testing.T) {
	s := create(t, small(), Options{})
	trainUntil(t, s, 10)
	if err := s.Set("g.lr", "0.01"); err != nil {
		t.Fatal(err)
	}
	trainUntil(t, s, 20)
	run, err := s.file.RunByID(1)
	if err != nil {
		t.Fatal(err)
	}
	for step, start := range map[int64]string{5: run.Start, 15: ""} {
		b := branch{BranchPlan: BranchPlan{Step: step, Run: 1, From: step}, run: run}
		b.run.Start = start
		events, err := s.file.Events(1)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.reconstruct(&b, events); err != nil {
			t.Errorf("step %d: %v", step, err)
		}
		if want := map[int64]float64{5: small().G.LR, 15: 0.01}[step]; b.recipe.G.LR != want {
			t.Errorf("at step %d the learning rate was %v, want %v", step, b.recipe.G.LR, want)
		}
		b.run.Start, b.From = "", 5
		if err := s.reconstruct(&b, events); err == nil || !strings.Contains(err.Error(), "g.lr") {
			t.Errorf("without a record of the start: error %v", err)
		}
	}
}

// However long a run is, no branch replays more than a tenth of it.
func TestBranchReplaysLittle(t *testing.T) {
	r := small()
	r.G.Layers = []string{"linear 128", "relu", "linear 128", "relu", "linear 2"} // of which not all have room to wait
	s := create(t, r, Options{})
	const end = 400
	trainUntil(t, s, end)
	for step := range int64(end + 1) {
		if plan, err := s.PlanBranch(step); err != nil || 10*plan.Replay > end {
			t.Fatalf("branch from step %d: %+v, error %v", step, plan, err)
		}
	}
}
