package ckpt

import (
	"errors"
	"reflect"
	"testing"
)

// withoutKeepsakes makes a project one of the version before keepsakes.
const withoutKeepsakes = "DROP TABLE keepsake;"

func TestKeepsakes(t *testing.T) {
	f := newFile(t)
	run := newRun(t, f)
	latent, err := f.PutLatent(Latent{Name: "a find", Run: run, Z: []float32{1}})
	if err != nil {
		t.Fatal(err)
	}
	want := []Keepsake{
		{Run: run, Kind: "direction", Name: "thick", Data: []byte("{}")},
		{Run: run, Kind: "loop", Name: "a way", Data: []byte("[1]")},
		{Run: run, Kind: "change", Latent: latent, Name: "", Data: []byte("[2]")},
	}
	for i := range want {
		if want[i].ID, err = f.PutKeepsake(want[i]); err != nil {
			t.Fatal(err)
		}
	}
	want[1].Name = "another way"
	if id, err := f.PutKeepsake(want[1]); err != nil || id != want[1].ID {
		t.Fatalf("replaced as %d: %v", id, err)
	}
	if got, err := f.Keepsakes(run, ""); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v, error %v, want %v", got, err, want)
	}
	if got, err := f.Keepsakes(run, "loop"); err != nil || !reflect.DeepEqual(got, want[1:2]) {
		t.Errorf("loops %v, error %v", got, err)
	}
	if err := f.DeleteLatent(latent); err != nil {
		t.Fatal(err)
	}
	if err := f.DeleteKeepsake(want[0].ID); err != nil {
		t.Fatal(err)
	}
	if got, err := f.Keepsakes(run, ""); err != nil || !reflect.DeepEqual(got, want[1:2]) {
		t.Errorf("%v is left, error %v", got, err)
	}
	if _, err := f.PutKeepsake(Keepsake{Run: run, ID: 99, Kind: "loop", Data: []byte{}}); err == nil {
		t.Error("one that is not there is replaced")
	}
	if _, err := f.PutKeepsake(Keepsake{Run: 99, Kind: "loop", Data: []byte{}}); err == nil {
		t.Error("kept of a run that does not exist")
	}
	if err := f.update("save", func(d *db) error { return d.exec("UPDATE keepsake SET name = 'other'") }); err != nil {
		t.Fatal(err)
	}
	if got, err := f.Keepsakes(run, ""); err != nil || len(got) > 0 || len(f.Warnings()) != 1 {
		t.Errorf("of a damaged one: %v, error %v, warnings %q", got, err, f.Warnings())
	}
	if damage, err := f.Verify(nil); err != nil || len(damage) != 1 {
		t.Errorf("damage %v, error %v", damage, err)
	}
}

// A project of the version before keepsakes opens for reading as it is, and for training with a
// table for them; the version before refuses one of this version.
func TestBeforeKeepsakes(t *testing.T) {
	for _, opener := range []func(string) (*File, error){OpenReadOnly, Open} {
		path, run := rich(t)
		d, err := connect(path, openReadWrite)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(d.script(withoutKeepsakes+"PRAGMA user_version = 6"), d.Close()); err != nil {
			t.Fatal(err)
		}
		f, err := opener(path)
		if err != nil {
			t.Fatal(err)
		}
		damage, err1 := f.Verify(nil)
		list, err2 := f.Keepsakes(run, "")
		if err := errors.Join(err1, err2); err != nil || len(damage) > 0 || len(list) > 0 {
			t.Errorf("damage %v, keepsakes %v, error %v", damage, list, err)
		}
		readOnly := f.ReadOnly()
		if !readOnly {
			if _, err := f.PutKeepsake(Keepsake{Run: run, Kind: "loop", Data: []byte("[]")}); err != nil {
				t.Error(err)
			}
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
		if !readOnly {
			if _, err := open(path, migrations[:6]); !errors.Is(err, ErrNewer) {
				t.Errorf("the version before opens it: %v", err)
			}
		}
	}
}
