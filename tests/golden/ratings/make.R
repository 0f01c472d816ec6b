# What R's survey (4.1-1) and sae say about the tables of this folder. Run in this folder, with sae's
# eblupFH.R, mseFH.R and milk.rda in the folder of the first argument:  Rscript make.R FOLDER
suppressMessages(library(survey))
from <- commandArgs(trailingOnly = TRUE)[1]
data(api)
keep <- c("stype", "sch.wide", "dnum", "pw", "fpc", "api99", "api00", "enroll", "ell")
apiclus2$fpc <- apiclus2$fpc1
apisrs$dnum <- apisrs$snum
apistrat$dnum <- apistrat$snum
samples <- list(apisrs = apisrs, apistrat = apistrat, apiclus1 = apiclus1, apiclus2 = apiclus2)
for (name in names(samples)) {
  d <- samples[[name]][keep]
  d$noell <- as.integer(d$ell == 0)
  samples[[name]] <- d
  write.csv(d, paste0(name, ".csv"), row.names = FALSE, quote = FALSE, na = "")
}
set.seed(5)  # a made sample: unequal weights, strata of unequal size, two of them with a lonely PSU
psus <- c(5, 4, 6, 1, 1); rows <- list(); at <- 0
for (h in seq_along(psus)) for (c in seq_len(psus[h])) {
  at <- at + 1; m <- sample(6:14, 1); age <- sample(c("young", "middle", "old"), m, TRUE, c(.3, .4, .3))
  sex <- sample(c("f", "m"), m, TRUE)
  y <- pmin(5, pmax(1, round(3 + rnorm(1, 0, .5) + (age == "old") * .6 - (sex == "m") * .3 + rnorm(m))))
  rows[[at]] <- data.frame(stratum = paste0("s", h), psu = paste0("p", at), weight = round(runif(m, 5, 60), 2),
                           fpc = c(20, 30, 40, 9, 12)[h], age, sex, y, glad = as.integer(y >= 4))
}
made <- do.call(rbind, rows); made$y[c(3, 30, 77)] <- NA; made$glad[is.na(made$y)] <- NA
write.csv(made, "made.csv", row.names = FALSE, quote = FALSE, na = "")
ages <- data.frame(age = c("young", "middle", "old"), Freq = c(1800, 2300, 1700))
sexes <- data.frame(sex = c("f", "m"), Freq = c(3000, 2800))
types <- data.frame(stype = c("E", "H", "M"), Freq = c(4421, 755, 1018))
wide <- data.frame(sch.wide = c("No", "Yes"), Freq = c(1072, 5122))
tell <- function(name, file, margin) { names(margin) <- c("value", "count"); write.csv(margin, file, row.names = FALSE, quote = FALSE) }
tell("age", "age.csv", ages); tell("sex", "sex.csv", sexes); tell("stype", "stype.csv", types); tell("sch.wide", "wide.csv", wide)

made$answered <- !is.na(made$y); made$y[!made$answered] <- 0; made$glad[!made$answered] <- 0

out <- list()
put <- function(...) out[[length(out) + 1]] <<- paste(..., sep = "\t")
num <- function(x) formatC(as.numeric(x), digits = 15, format = "g")
# a calibrated design cannot be asked with na.rm, so what is missing is 0 and left out as a domain
there <- function(d, y) if (is.null(d$variables$answered)) !is.na(d$variables[[all.vars(y)]]) else d$variables$answered
# the design effect beside a simple sample, from the finite population only where its size is said
simple <- function(d) if (is.null(d$fpc$popsize)) "replace" else TRUE
means <- function(case, d, y, by = NULL) {
  if (is.null(by)) {
    one <- d[which(there(d, y)), ]
    m <- svymean(y, one, deff = simple(d))
    put(case, "", num(coef(m)), num(SE(m)), degf(one), num(deff(m)))
  } else for (v in sort(unique(as.character(d$variables[[by]])))) {
    part <- d[which(d$variables[[by]] == v & there(d, y)), ]
    m <- svymean(y, part, deff = simple(d))
    put(case, v, num(coef(m)), num(SE(m)), degf(part), num(deff(m)))
  }
}
srs <- svydesign(id = ~1, fpc = ~fpc, data = samples$apisrs)
strat <- svydesign(id = ~1, strata = ~stype, weights = ~pw, fpc = ~fpc, data = samples$apistrat)
clus1 <- svydesign(id = ~dnum, weights = ~pw, fpc = ~fpc, data = samples$apiclus1)
clus2 <- svydesign(id = ~dnum, weights = ~pw, fpc = ~fpc, data = samples$apiclus2)
means("srs", srs, ~api00); means("strat", strat, ~api00); means("clus1", clus1, ~api00); means("clus2", clus2, ~api00)
means("clus2 enroll", clus2, ~enroll)
means("strat by stype", strat, ~api00, "stype"); means("clus1 by stype", clus1, ~api00, "stype")
post <- postStratify(clus1, ~stype, types); means("clus1 post", post, ~api00); means("clus1 post by wide", post, ~api00, "sch.wide")
raked <- rake(clus1, list(~stype, ~sch.wide), list(types, wide), control = list(maxit = 100, epsilon = 1e-9)); means("clus1 rake()", raked, ~api00)
cal <- calibrate(clus1, list(~stype, ~sch.wide), list(types, wide), calfun = "raking", epsilon = 1e-12, maxit = 200)
means("clus1 rake", cal, ~api00); means("clus1 rake by stype", cal, ~api00, "stype")
for (how in c("remove", "adjust", "average", "certainty")) {
  options(survey.lonely.psu = how)
  d <- svydesign(id = ~psu, strata = ~stratum, weights = ~weight, data = made)
  f <- svydesign(id = ~psu, strata = ~stratum, weights = ~weight, fpc = ~fpc, data = made)
  means(paste("made", how), d, ~y); means(paste("made fpc", how), f, ~y); means(paste("made by sex", how), d, ~y, "sex")
}
options(survey.lonely.psu = "adjust")
post <- postStratify(f, ~age, ages); means("made post", post, ~y); means("made post by sex", post, ~y, "sex")
cal <- calibrate(f, list(~age, ~sex), list(ages, sexes), calfun = "raking", epsilon = 1e-12, maxit = 200)
means("made rake", cal, ~y); means("made rake by age", cal, ~y, "age")
share <- function(case, formula, d) { s <- svyciprop(formula, d, method = "beta"); ci <- attr(s, "ci"); put(case, "", num(coef(s)), num(sqrt(attr(s, "var"))), num(ci[1]), num(ci[2])) }
share("share clus1", ~noell, clus1); share("share strat", ~noell, strat); share("share srs", ~noell, srs)
share("share made", ~glad, subset(f, answered)); share("share made post", ~glad, subset(post, answered))
diffs <- svyby(~api00, ~stype, clus1, svymean, covmat = TRUE)
k <- svycontrast(diffs, c(E = 1, H = -1)); put("clus1 E-H", "", num(coef(k)), num(SE(k)))
k <- svycontrast(svyby(~y, ~sex, subset(f, answered), svymean, covmat = TRUE), c(f = 1, m = -1)); put("made f-m", "", num(coef(k)), num(SE(k)))
for (n in c(1.5, 7.25, 40, 1234)) put("qt", num(n), num(qt(.975, n)), num(pt(-2.1, n)))
for (n in list(c(.5, 3), c(4.7, 60), c(150.5, 33), c(2000, 7))) put("qbeta", num(n[1]), num(n[2]), num(qbeta(.025, n[1], n[2])), num(qbeta(.975, n[1], n[2])))
writeLines(unlist(out), "r.tsv")

source(file.path(from, "eblupFH.R")); source(file.path(from, "mseFH.R")); load(file.path(from, "milk.rda"))
milk$MajorArea <- factor(milk$MajorArea); milk$V <- milk$SD^2
write.csv(milk[c("SmallArea", "ni", "yi", "SD", "MajorArea")], "milk.csv", row.names = FALSE, quote = FALSE)
with <- mseFH(yi ~ MajorArea, V, data = milk, PRECISION = 1e-12); alone <- mseFH(yi ~ 1, V, data = milk, PRECISION = 1e-12)
line <- function(f) c(num(f$est$fit$refvar), paste(num(f$est$eblup), num(f$mse), sep = "\t"))
writeLines(c("with", line(with), "alone", line(alone)), "fay_herriot.tsv")
