package settings

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestMain(m *testing.M) {
	if path := os.Getenv(child); path != "" {
		writeForEver(path)
	}
	os.Exit(m.Run())
}

// child names the file that this test program, started as another process, writes until it is
// killed.
const child = "GANVAS_STORE_CHILD"

// writeForEver writes settings of many lengths, and says each time that they are written.
func writeForEver(path string) {
	s, err := Open(path)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for i := s.IntWithFallback("round", 0) + 1; ; i++ {
		s.mu.Lock() // so that all three are written at once
		for key, value := range map[string]any{"round": float64(i), "text": strings.Repeat("x", 37*i%5000), "list": anysOf([]string{strconv.Itoa(i)})} {
			s.values[key] = value
			s.changed[key] = struct{}{}
		}
		s.write()
		s.mu.Unlock()
		s.Flush()
		fmt.Println(i)
	}
}

// TestStoreIsAlwaysWhole kills a process that writes settings again and again: they are as they
// were after some change, and no change is lost that was said to be written.
func TestStoreIsAlwaysWhole(t *testing.T) {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), FileName)
	random := rand.New(rand.NewPCG(1, 2))
	last := 0
	for range 12 {
		c := exec.Command(exe)
		c.Env = append(os.Environ(), child+"="+path)
		out, err := c.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for range 1 + random.IntN(8) {
			if !lines.Scan() {
				t.Fatal("the other process has ended")
			}
			if last, err = strconv.Atoi(lines.Text()); err != nil {
				t.Fatal(err)
			}
		}
		for range random.IntN(1 << 20) { // another instant each time
			random.Uint32()
		}
		if err := c.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = c.Wait() // it was killed
		s, err := Open(path)
		if err != nil {
			t.Fatal(err)
		}
		i := s.IntWithFallback("round", 0)
		if i < last || len(s.String("text")) != 37*i%5000 || !slices.Equal(s.StringList("list"), []string{strconv.Itoa(i)}) {
			t.Fatalf("after round %d was written: round %d, %d letters, %v", last, i, len(s.String("text")), s.StringList("list"))
		}
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*-damaged*")); err != nil || len(left) > 0 {
		t.Errorf("settings were put aside: %v, %v", left, err)
	}
}

func TestStoreKeeps(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", FileName)
	s, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	s.SetBool("bool", true)
	s.SetInt("int", 7)
	s.SetFloat("float", 1.5)
	s.SetString("string", "ä")
	s.SetStringList("list", []string{"a", "b"})
	s.SetStringList("empty", nil)
	s.Flush()
	again, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if !again.Bool("bool") || again.IntWithFallback("int", 0) != 7 || again.FloatWithFallback("float", 0) != 1.5 || again.String("string") != "ä" ||
		!slices.Equal(again.StringList("list"), []string{"a", "b"}) || len(again.StringList("empty")) != 0 {
		t.Errorf("read back %v", again.values)
	}
	if again.Bool("int") || again.String("bool") != "" || again.IntWithFallback("none", 3) != 3 || again.StringList("string") != nil {
		t.Error("a value of another kind is taken")
	}
}

// TestStoreOfTwo has two processes change settings in turn: neither loses what the other has
// written.
func TestStoreOfTwo(t *testing.T) {
	path := filepath.Join(t.TempDir(), FileName)
	open := func() Preferences {
		s, err := Open(path)
		if err != nil {
			t.Fatal(err)
		}
		return Preferences{s}
	}
	a, b := open(), open()
	a.AddRecent("one")
	a.Flush()
	b.AddRecent("two")
	b.SetScheme("dark")
	b.Flush()
	a.AddRecent("three")
	a.Flush()
	if got := open(); !slices.Equal(got.Recent(), []string{"three", "two", "one"}) || got.Scheme() != "dark" {
		t.Errorf("recent %v, scheme %s", got.Recent(), got.Scheme())
	}
}

// TestStoreDamaged puts aside what cannot be read.
func TestStoreDamaged(t *testing.T) {
	for name, text := range map[string]string{"empty": "", "cut": `{"scheme": "da`, "list": "[1]", "null": "null", "noise": "\x00\xff\x01"} {
		dir := t.TempDir()
		path := filepath.Join(dir, FileName)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		s, err := Open(path)
		if err == nil || !strings.Contains(err.Error(), "settings-damaged.json") {
			t.Errorf("%s: %v", name, err)
		}
		s.SetString("scheme", "light")
		s.Flush()
		kept, err := os.ReadFile(filepath.Join(dir, "settings-damaged.json"))
		if err != nil || string(kept) != text {
			t.Errorf("%s: kept %q, %v", name, kept, err)
		}
		if again, err := Open(path); err != nil || again.String("scheme") != "light" {
			t.Errorf("%s: then %v, %v", name, again.values, err)
		}
	}
}

// TestStoreTakesOver reads the settings of an earlier version once, and leaves them.
func TestStoreTakesOver(t *testing.T) {
	dir := t.TempDir()
	path, old := filepath.Join(dir, FileName), filepath.Join(dir, "preferences.json")
	text := `{"scheme":"dark","recent":["a","b"],"window.width":1500,"page":2,"energy":true}` + "\n"
	if err := os.WriteFile(old, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		s, err := Open(path, filepath.Join(dir, "none.json"), "", old)
		if err != nil {
			t.Fatal(err)
		}
		p := Preferences{s}
		width, _ := p.WindowSize()
		if p.Scheme() != "dark" || !slices.Equal(p.Recent(), []string{"a", "b"}) || width != 1500 || p.IntWithFallback("page", 0) != 2 || !p.EnergySaving() {
			t.Errorf("took over %v", s.values)
		}
		s.Flush()
		if got, err := os.ReadFile(old); err != nil || string(got) != text && string(got) != "{}" {
			t.Errorf("the old settings are %q, %v", got, err)
		}
		if err := os.WriteFile(old, []byte("{}"), 0o600); err != nil { // as they are no longer needed
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(old, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(filepath.Join(dir, "other.json"), old); err == nil || !strings.Contains(err.Error(), old) {
		t.Errorf("damaged old settings: %v", err)
	}
}

// TestStoreCannotBeWritten says so once, and writes as soon as that is possible.
func TestStoreCannotBeWritten(t *testing.T) {
	dir := t.TempDir()
	home := filepath.Join(dir, "home")
	if err := os.WriteFile(home, nil, 0o644); err != nil { // a file where a folder is to be
		t.Fatal(err)
	}
	path := filepath.Join(home, FileName)
	s := &Store{path: path, values: make(map[string]any), changed: make(map[string]struct{})}
	var said []error
	s.Fail = func(err error) { said = append(said, err) }
	for i := range 3 {
		s.SetInt("a", i)
		s.Flush()
	}
	if len(said) != 1 {
		t.Errorf("said %v, want it once", said)
	}
	if err := os.Remove(home); err != nil {
		t.Fatal(err)
	}
	s.SetString("b", "c")
	s.Flush()
	text, err := os.ReadFile(path)
	var got map[string]any
	if err = errors.Join(err, json.Unmarshal(text, &got)); err != nil || got["a"] != 2.0 || got["b"] != "c" {
		t.Errorf("written %s, %v", text, err)
	}
}
