# make run    builds Ganvas and opens its window (without a display: trains a generator and leaves gallery.png and loss.png)
# make test   everything that a change must pass
# make help   the other targets

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := run
.DELETE_ON_ERROR:

STATICCHECK := v0.8.2
GOFUMPT := v0.12.0
DEADCODE := v0.52.0
REVIVE := v1.17.0
TOOLS := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/ganvas-tools
TAGS := migrated_fynedo
NEON := ./engine/internal/sgemm ./engine/internal/simd ./engine/internal/winograd ./engine/tensor ./engine/grad ./engine/gan
PARTS := lint tidy cross unit race isa neon smoke
TIMES := .times
EXE := ganvas$(if $(filter Windows_NT,$(OS)),.exe)

.PHONY: help run build test lint tidy unit windowless long race isa neon cross smoke soak torture counterparts counterparts-web example classifier web bench bench-data generate icon clean
.PHONY: packages packages-test $(TIMES) $(PARTS:%=timed-%)

help: ## says what the targets do
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 17

run: build ## opens the window; where there is no display, runs the demo
	@case "$$(uname -s)" in \
	Darwin|MINGW*|MSYS*|CYGWIN*) exec ./$(EXE);; \
	*) if [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]; then exec ./$(EXE); fi; \
	   echo 'no display: training the demo instead of opening the window' >&2; exec ./$(EXE) demo --force;; \
	esac

build: packages ## builds the program
	go build -trimpath -tags $(TAGS) -o $(EXE) .

packages:
	@.ci/packages build

packages-test:
	@.ci/packages test

test: $(PARTS:%=timed-%) ## everything that a change must pass, and how long each part took
	@echo 'all tests passed, in seconds:'
	@for part in $(PARTS); do printf '%8s  %s\n' "$$(cat $(TIMES)/$$part)" "$$part"; done
	@rm -r $(TIMES)

# The parts run by a make of their own, so that -j, -k and -n reach them. Only one that succeeds leaves its time.
$(PARTS:%=timed-%): timed-%: packages-test $(TIMES)
	@date +%s >$(TIMES)/$*.begin
	@$(MAKE) --no-print-directory $*
	@echo $$(($$(date +%s) - $$(cat $(TIMES)/$*.begin))) >$(TIMES)/$*

$(TIMES):
	@rm -rf $@ && mkdir $@

$(TOOLS)/staticcheck-$(STATICCHECK)/staticcheck:
	GOBIN=$(@D) go install honnef.co/go/tools/cmd/staticcheck@$(STATICCHECK)

$(TOOLS)/gofumpt-$(GOFUMPT)/gofumpt:
	GOBIN=$(@D) go install mvdan.cc/gofumpt@$(GOFUMPT)

$(TOOLS)/deadcode-$(DEADCODE)/deadcode:
	GOBIN=$(@D) go install golang.org/x/tools/cmd/deadcode@$(DEADCODE)

$(TOOLS)/revive-$(REVIVE)/revive:
	GOBIN=$(@D) go install github.com/mgechev/revive@$(REVIVE)

LINTERS := $(TOOLS)/staticcheck-$(STATICCHECK)/staticcheck $(TOOLS)/gofumpt-$(GOFUMPT)/gofumpt $(TOOLS)/deadcode-$(DEADCODE)/deadcode $(TOOLS)/revive-$(REVIVE)/revive

lint: packages $(LINTERS) ## gofumpt, go vet, staticcheck, revive, deadcode
	@unformatted=$$($(TOOLS)/gofumpt-$(GOFUMPT)/gofumpt -l .); \
	if [ -n "$$unformatted" ]; then printf 'not formatted with gofumpt:\n%s\n' "$$unformatted" >&2; exit 1; fi
	go vet -tags smoke,counterparts ./...
	$(TOOLS)/staticcheck-$(STATICCHECK)/staticcheck -tags smoke,counterparts ./...
	$(TOOLS)/revive-$(REVIVE)/revive -config revive.toml ./...
	@dead=$$($(TOOLS)/deadcode-$(DEADCODE)/deadcode -test -tags smoke,counterparts ./...); \
	if [ -n "$$dead" ]; then printf 'used by nothing:\n%s\n' "$$dead" >&2; exit 1; fi

tidy: ## go.mod names what is used and nothing else
	go mod tidy -diff

cross: ## what needs no window compiles for every system, without a C compiler
	CGO_ENABLED=0 GOOS=windows GOARCH=amd64 go build ./app/cli ./engine/... ./datasets/...
	CGO_ENABLED=0 GOOS=darwin GOARCH=arm64 go build ./app/cli ./engine/... ./datasets/...
	CGO_ENABLED=0 GOOS=linux GOARCH=arm64 go build ./app/cli ./engine/... ./datasets/...
	CGO_ENABLED=0 GOOS=darwin GOARCH=arm64 go vet ./internal/finder
	GOOS=js GOARCH=wasm go vet ./engine/export/web/engine

unit: ## all unit tests
	go test -timeout 20m ./...

windowless: ## tests of what needs no window, without a C compiler
	CGO_ENABLED=0 go test -timeout 20m ./engine/... ./datasets/... ./app/cli

long: ## what training reaches within minutes, which unit leaves out
	go test -count=1 -timeout 60m -v -run AllLabels ./engine/reproduce -args -long
	go test -count=1 -timeout 60m -v -run FindHeldOut ./app/cli -args -long

# Long trainings, tests of what things look like, and of dialogs and words, have no goroutines that others do not have:
# unit runs them. So do most commands of the command line.
UNRACED := Collapse SchemeChangesColours SmallWindow PresetsAdapt EveryPageCanBeTheFirst JudgePictures \
	DialogsEndWithTheirRun Keys EditedRunStartsAnew TrainOnAfterTheEnd PicturesOfTheRunBefore ExampleStays ExampleSavedAs \
	SpaceTrainsWhereverTheMouseWas DialogsByKeyboard FindsOfPoints RemedyInANewRun Draw GalleryOfPoints \
	MovedAndChangedData WriteProtected ForeignProjectAsks CommandsUnderDialogs SheetOfSprites PresetKeepsItsHeight \
	LayersUndoRedo FramesWithAStride Drops DropsThatCannotBeRead UndoIsOfThePage AsksForMoreSteps AsksForANewRun \
	QuestionsAboutData GalleryOfAClass ClassesAndGenerators FormFollowsKinds SheetByClass CommandsCloseLists OneLanguage \
	EveryWordOfFyne Settings FileDialogsOpen EnergySaving EnergySavingIsRemembered TrainOnAfterNew NothingOutOfReach \
	NothingIsOutOfReach ColumnsFit TabsFit
space := $(subst ,, )
race: ## where goroutines meet, with the race detector
	go test -race -timeout 20m -skip '^Test($(subst $(space),|,$(strip $(UNRACED))))$$|^TestSameBits$$/^(dcgan|emoji|few|digits-(100|mlp|wgan|dcgan))' $$(go list ./app/... | grep -vE '/(cli|example|buildpage|export)') ./internal/feed ./widgets/... ./datasets/... ./engine/session/... ./engine/ckpt/...
	go test -race -timeout 20m -run 'Progress|Signal|Interrupt|Closed|Head|Nobody|Output|Nohup' ./app/cli
	go test -race -timeout 20m -run 'Parallel|Threads|BatchNorm|Pool' ./engine/tensor

# Kernels are chosen when the program starts, which the test cache does not see: hence -count=1.
isa: ## the engine with lower sets of instructions than this processor has
	GANVAS_ISA=avx2 go test -count=1 ./engine/tensor/... ./engine/internal/... ./engine/grad/... ./engine/gan/...
	GANVAS_ISA=generic go test -count=1 ./engine/tensor/... ./engine/internal/... ./engine/grad/... ./engine/gan/...

# On other processors an emulator runs them. It is slow: what does not depend on kernels is left to unit and isa.
neon: packages-test ## the engine with the kernels for ARM
	CGO_ENABLED=0 GOARCH=arm64 go vet $(NEON)
	@case "$$(go env GOHOSTOS)/$$(go env GOHOSTARCH)" in \
	*/arm64) emulator=;; \
	linux/*) emulator='-exec qemu-aarch64';; \
	*) echo 'kernels for ARM: vetted only, as this system has no emulator for single programs' >&2; exit 0;; \
	esac; \
	set -x; CGO_ENABLED=0 GOARCH=arm64 go test $$emulator -count=1 -skip 'AVX512|Allocat|AnyThreads|/generic|^(Example|TestReckon)$$' $(NEON)

smoke: packages-test ## the built program in a real window under Xvfb
	go test -count=1 -timeout 10m -tags smoke ./smoke/

# The finished examples: digits, and the faces that Start shows; at most 3 MB each. What follows step 6,000 of
# the faces sees them changed at random, so that they are not known by heart in the end.
EXAMPLES := app/example/digits.ganvas.xz app/example/faces.ganvas.xz
example: build ## trains the embedded examples anew
	mkdir -p $(TOOLS)
	./$(EXE) train digits --seed 1 --force --out $(TOOLS)/example.ganvas
	go run ./app/example/shrink $(TOOLS)/example.ganvas app/example/digits.ganvas.xz
	./$(EXE) train app/example/faces.toml --force --out $(TOOLS)/example.ganvas
	./$(EXE) resume $(TOOLS)/example.ganvas --steps 500 --set steps=6500 --set augment=color,translation,cutout
	go run ./app/example/shrink $(TOOLS)/example.ganvas app/example/faces.ganvas.xz
	@rm -f $(TOOLS)/example.ganvas
	@for e in $(EXAMPLES); do test $$(wc -c < $$e) -le 3000000 || { echo "$$e is larger than 3 MB" >&2; exit 1; }; done

# The classifier in whose features digits are judged; well under 1 MB. Its accuracy goes to classifier.Accuracy.
classifier: packages ## trains the classifier of digits anew
	go run ./engine/classifier/train engine/classifier/digits.safetensors.gz
	@test $$(wc -c < engine/classifier/digits.safetensors.gz) -le 524288 || { echo 'engine/classifier/digits.safetensors.gz is larger than 512 KB' >&2; exit 1; }

# The engine that web pages contain; at most 1 MB. engine/export/web/build says what it was made from.
web: ## compiles the engine of web pages anew
	go run ./engine/export/web/build engine/export/web
	@test $$(wc -c < engine/export/web/engine.wasm.xz) -le 1048576 || { echo 'engine/export/web/engine.wasm.xz is larger than 1 MB' >&2; exit 1; }

bench: build ## speed of the workloads that other programs run too
	./$(EXE) bench toy mlp dcgan28 r1 dcgan64 sample1 sample64 gemm

# A million files need about 5 GB below TMPDIR. GANVAS_PEERS names a Python with torchvision, to compare with.
bench-data: packages ## speed and memory with large data
	go run ./app/cli/benchdata

# A Python environment with what owns the formats of exports, one for each list of requirements. Its name says which, as dates
# are those of the checkout. GOLDEN=1 writes the golden files anew that ONNX Runtime, NumPy and Chromium make.
COUNTERPARTS := $(TOOLS)/counterparts-$(shell cksum <engine/export/counterparts/requirements.txt | cut -d' ' -f1)
$(COUNTERPARTS)/whole:
	@.ci/packages counterparts
	rm -rf $(@D) && python3 -m venv $(@D)
	$(@D)/bin/pip install -q -r engine/export/counterparts/requirements.txt
	touch $@

counterparts: packages $(COUNTERPARTS)/whole counterparts-web ## has ONNX Runtime, PyTorch, TensorBoard, Chromium and optipng read what is exported
	go test -count=1 -run '^TestOptipng$$' ./engine/provenance
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && export TMPDIR="$$folder" && \
	go run ./engine/export/counterparts "$$folder" && \
	$(COUNTERPARTS)/bin/python engine/export/counterparts/compare.py "$$folder" $(if $(GOLDEN),--golden engine/export/onnx/testdata/golden.zip) && \
	go run ./engine/export/counterparts -back "$$folder" && \
	go run ./engine/export/counterparts -games "$$folder/games" && \
	$(COUNTERPARTS)/bin/python engine/export/counterparts/torchgames.py "$$folder/games" && \
	$(COUNTERPARTS)/bin/torchrun --nproc-per-node 2 engine/export/counterparts/torchgames.py "$$folder/games" && \
	$(COUNTERPARTS)/bin/python engine/export/counterparts/torchruns.py "$$folder/games" && \
	go run ./engine/export/counterparts -games -back "$$folder/games"

# PICTURES=DIR takes pictures of the pages, to be looked at.
counterparts-web: ## the part of Chromium alone
	@.ci/packages counterparts
	go test -count=1 -timeout 30m -tags counterparts -v -run '^TestBrowser' ./engine/export -args $(if $(PICTURES),-pictures $(abspath $(PICTURES))) $(if $(GOLDEN),-golden)

torture: packages ## opens 10,000 damaged files and 5,000 damaged projects, kills the program 60 times
	go run ./datasets/torture
	go run ./engine/ckpt/torture
	go run ./app/cli/killtest
	go test -count=5 -run '^TestStoreIsAlwaysWhole$$' ./app/settings # kills what writes the settings, 60 times

# What it does is in smoke/soak_test.go; other times by SOAK=5m.
SOAK := 30m
soak: packages-test ## uses the window for half an hour, and looks at its memory and goroutines
	go test -count=1 -timeout 90m -tags 'smoke soak' -run TestSoak -v ./smoke/ -args -soak=$(SOAK)

generate: ## writes the generated assembly and the small pictures of presets anew
	go generate ./engine/... ./datasets/... ./app/...

icon: ## draws the icon anew
	go run .ci/icon.go icon.png

clean: ## removes what was built
	rm -rf ganvas ganvas.exe gallery.png loss.png dist rsrc_windows_*.syso $(TIMES)

include packaging/package.mk
