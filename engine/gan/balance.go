package gan

import (
	"fmt"
	"math"
	"strconv"
)

// A balance gives the winning player fewer updates, so that D's accuracy stays near a target: what
// it is of late, and what each player has saved up towards its next update.
type balance struct {
	accuracy float64 // moving average
	d, g     float64
	begun    bool
}

const (
	balanceMemory = 0.9  // share of the average that each update of D keeps
	balanceReach  = 0.1  // how far from the target the winner hardly moves any more
	balanceLeast  = 0.05 // updates that it has left there, each time
)

// note takes D's accuracy in an update.
func (b *balance) note(accuracy, target float64) {
	if !b.begun {
		b.accuracy, b.begun = target, true
	}
	b.accuracy = balanceMemory*b.accuracy + (1-balanceMemory)*accuracy
}

// rates returns how many of its updates each player makes.
func (b *balance) rates(target float64) (d, g float64) {
	if !b.begun {
		return 1, 1
	}
	ahead := (b.accuracy - target) / balanceReach
	return min(1, max(balanceLeast, 1-ahead)), min(1, max(balanceLeast, 1+ahead))
}

// turnD tells whether D learns from its next update, which else only measures.
func (t *Trainer) turnD() bool {
	d, _ := t.balance.rates(0.5 + t.Balance)
	return t.Balance == 0 || saved(&t.balance.d, d)
}

// turnG is turnD for G.
func (t *Trainer) turnG() bool {
	_, g := t.balance.rates(0.5 + t.Balance)
	return t.Balance == 0 || saved(&t.balance.g, g)
}

// saved adds a rate to what is saved up, and takes an update from it if there is one.
func saved(up *float64, rate float64) bool {
	if *up += rate; *up < 1 {
		return false
	}
	*up--
	return true
}

// meta puts into m what the next step depends on.
func (b *balance) meta(m map[string]string) {
	if !b.begun {
		return
	}
	for key, x := range b.numbers() {
		m[key] = strconv.FormatFloat(*x, 'g', -1, 64)
	}
}

// setMeta is the inverse of meta.
func (b *balance) setMeta(m map[string]string) error {
	*b = balance{}
	if _, b.begun = m["balance.accuracy"]; !b.begun {
		return nil
	}
	for key, x := range b.numbers() {
		var err error
		if *x, err = strconv.ParseFloat(m[key], 64); err != nil || math.IsNaN(*x) {
			return fmt.Errorf("%s is %q, want a number", key, m[key])
		}
	}
	return nil
}

func (b *balance) numbers() map[string]*float64 {
	return map[string]*float64{"balance.accuracy": &b.accuracy, "balance.d": &b.d, "balance.g": &b.g}
}
